/// Tests of the page, without and with a browser.
@NullMarked
package dev.assay.report;

import org.jspecify.annotations.NullMarked;
