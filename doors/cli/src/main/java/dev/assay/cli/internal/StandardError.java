package dev.assay.cli.internal;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// Puts standard error back where the user has it.
///
/// The JVM announces incubating modules on standard error before any program code runs. The launcher
/// therefore starts it with a filter as standard error and with standard error itself under another
/// descriptor, named by the system property `assay.stderr`.
public final class StandardError {
    private static final String PROPERTY = "assay.stderr";
    private static final int STANDARD_ERROR = 2;

    private StandardError() {}

    /// Makes descriptor 2 a copy of the one the launcher set aside (`dup2` of POSIX); does nothing without the
    /// property. Where it cannot, messages go on through the filter, a line at a time.
    public static void restore() {
        Integer aside = Integer.getInteger(PROPERTY);
        if (aside == null) {
            return;
        }
        Linker linker = Linker.nativeLinker();
        MethodHandle dup2 = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("dup2"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        try {
            int ignored = (int) dup2.invokeExact((int) aside, STANDARD_ERROR);
        } catch (Throwable e) {
            throw new IllegalStateException("dup2 takes two ints", e);
        }
    }
}
