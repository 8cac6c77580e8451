package dev.assay.study.internal.bind;

import dev.assay.fault.Fault;
import dev.assay.fault.Nearest;
import dev.assay.study.Claim;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Binds a study's claims.
final class ClaimBinder {
    private static final List<String> KEYS = List.of("id", "says", "at", "above", "below");

    private final Problems problems;

    ClaimBinder(Problems problems) {
        this.problems = problems;
    }

    List<Claim> bind(Given.Entries root, List<String> stages) {
        Given.Entry entry = root.entries().get("claims");
        if (entry == null || entry.value().isNothing()) {
            return List.of();
        }
        if (!(entry.value() instanceof Given.Items items)) {
            problem(
                    entry.keyPlace(),
                    "'claims' must be a list, got " + entry.value().shown());
            return List.of();
        }
        List<Claim> claims = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Given item : items.items()) {
            if (!(item instanceof Given.Entries keys)) {
                problem(item.place(), "a claim must be a mapping with id, says, at, and above or below");
                continue;
            }
            Claim claim = claim(keys, stages);
            if (claim != null && !ids.add(claim.id())) {
                problem(item.place(), "two claims have the id '" + claim.id() + "'");
            } else if (claim != null) {
                claims.add(claim);
            }
        }
        return claims;
    }

    private @Nullable Claim claim(Given.Entries claim, List<String> stages) {
        int before = problems.size();
        claim.entries().forEach((key, entry) -> {
            if (!KEYS.contains(key)) {
                problem(entry.keyPlace(), "a claim has no key '" + key + "'." + Nearest.clause(key, KEYS));
            }
        });
        String id = text(claim, "id");
        if (!id.isEmpty() && !Names.allowed(id)) {
            problem(claim.place(), "a claim's id must be lower-case letters, digits and hyphens, not '" + id + "'");
        }
        String says = text(claim, "says");
        String at = text(claim, "at");
        int dot = at.indexOf('.');
        if (!at.isEmpty() && (dot < 1 || dot == at.length() - 1)) {
            problem(claim.place(), "'at' must be stage.metric, got '" + at + "'");
        } else if (!at.isEmpty() && !stages.contains(at.substring(0, dot))) {
            String stage = at.substring(0, dot);
            problem(claim.place(), "'at': no stage is called '" + stage + "'." + Nearest.clause(stage, stages));
        }
        boolean above = claim.entries().containsKey("above");
        if (above == claim.entries().containsKey("below")) {
            problem(claim.place(), "a claim needs one of 'above' and 'below'");
        }
        double bound = bound(claim.entries(), above ? "above" : "below");
        if (problems.size() > before) {
            return null;
        }
        return new Claim(
                id,
                says,
                at.substring(0, dot),
                at.substring(dot + 1),
                above ? Claim.Side.ABOVE : Claim.Side.BELOW,
                bound);
    }

    private String text(Given.Entries claim, String key) {
        Given.Entry entry = claim.entries().get(key);
        String text = entry == null ? null : SettingBinder.scalar(entry.value());
        if (text == null || text.isBlank()) {
            problem(claim.place(), "a claim needs '" + key + "'");
            return "";
        }
        return text.strip();
    }

    private double bound(Map<String, Given.Entry> claim, String key) {
        Given.Entry entry = claim.get(key);
        if (entry == null) {
            return 0;
        }
        String text = SettingBinder.scalar(entry.value());
        try {
            double bound = Double.parseDouble(text == null ? "" : text);
            if (Double.isFinite(bound)) {
                return bound;
            }
        } catch (NumberFormatException e) {
            // told below, together with infinities
        }
        problem(
                entry.value().place(),
                "'" + key + "' must be a finite number, got " + entry.value().shown());
        return 0;
    }

    private void problem(Place place, String sentence) {
        problems.add(Fault.Kind.STUDY, place, sentence);
    }
}
