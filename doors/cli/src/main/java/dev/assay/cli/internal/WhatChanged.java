package dev.assay.cli.internal;

import dev.assay.fault.Fault;
import dev.assay.receipt.FileRef;
import dev.assay.receipt.ReceiptReader;
import dev.assay.receipt.StageRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What was given to a run that was not given to an earlier one: where a difference begins. What a stage has
/// from another stage is left out, since it follows from that.
final class WhatChanged {
    private static final String OUTPUTS = "outputs/";

    private WhatChanged() {}

    /// A file from outside that is not the one it was.
    record Given(String stage, String file, String how) {
        String text() {
            return stage + " reads " + how + " " + file;
        }
    }

    /// In the order of the present run's stages. A run whose receipts cannot be read has none; telling that
    /// is the business of verifying.
    static List<Given> between(Path earlier, Path present) {
        List<Given> found = new ArrayList<>();
        List<StageRecord> now;
        Map<String, StageRecord> then = new TreeMap<>();
        try {
            ReceiptReader.at(earlier).stages().forEach(record -> then.put(record.stage(), record));
            now = ReceiptReader.at(present).stages();
        } catch (Fault unreadable) {
            return found;
        }
        for (StageRecord record : now) {
            Optional<StageRecord> before = Optional.ofNullable(then.get(record.stage()));
            if (before.isEmpty()) {
                continue;
            }
            Map<String, FileRef> old = outside(before.get());
            Map<String, FileRef> young = outside(record);
            if (record.confidential() && !before.get().confidential()) {
                // What the earlier run called by its name is confidential now.
                found.add(new Given(record.stage(), "confidential files", "now"));
                continue;
            }
            young.forEach((name, file) -> {
                FileRef was = old.get(name);
                if (was == null) {
                    found.add(new Given(record.stage(), name, "besides"));
                } else if (!was.sha256().equals(file.sha256())) {
                    found.add(new Given(record.stage(), name, "another"));
                }
            });
            old.keySet().stream()
                    .filter(name -> !young.containsKey(name))
                    .forEach(name -> found.add(new Given(record.stage(), name, "no longer")));
        }
        return found;
    }

    private static Map<String, FileRef> outside(StageRecord record) {
        Map<String, FileRef> files = new TreeMap<>();
        record.inputs().stream()
                .filter(file -> !file.name().startsWith(OUTPUTS))
                .forEach(file -> files.put(file.name(), file));
        return files;
    }
}
