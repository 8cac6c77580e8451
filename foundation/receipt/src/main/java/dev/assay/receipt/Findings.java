package dev.assay.receipt;

import dev.assay.receipt.Verification.Finding;
import dev.assay.receipt.Verification.Outcome;
import dev.assay.receipt.Verification.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Findings of a verification as they come.
final class Findings {
    private final List<Finding> list = new ArrayList<>();
    private final Set<String> receipts = new HashSet<>();
    private final Set<String> strays = new HashSet<>();

    void add(String receipt, Role role, String name, Outcome outcome, String note) {
        add(new Finding(receipt, role, name, outcome, Optional.empty(), Optional.empty(), note));
    }

    /// Something about a receipt itself.
    void receipt(String name, Outcome outcome, String note) {
        add(name, Role.RECEIPT, name, outcome, note);
    }

    void compared(String receipt, Role role, String name, Digest expected, Digest found) {
        Outcome outcome = expected.equals(found) ? Outcome.MATCH : Outcome.MISMATCH;
        add(new Finding(receipt, role, name, outcome, Optional.of(expected), Optional.of(found), ""));
    }

    /// A file that nothing speaks of. It is told once, though several rules may miss it.
    void stray(String receipt, String name, String note) {
        if (strays.add(name)) {
            add(receipt, Role.STRAY, name, Outcome.UNRECEIPTED, note);
        }
    }

    void add(Finding finding) {
        list.add(finding);
        receipts.add(finding.receipt());
    }

    /// Whether there is a finding about what this receipt says, or about itself.
    boolean mention(String receipt) {
        return receipts.contains(receipt);
    }

    List<Finding> all() {
        return list;
    }
}
