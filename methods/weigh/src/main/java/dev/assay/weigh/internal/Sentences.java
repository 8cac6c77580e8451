package dev.assay.weigh.internal;

import dev.assay.weigh.CalibrationSettings;
import dev.assay.weigh.DependentTarget;
import dev.assay.weigh.Infeasibility;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/// What a result says to a person.
public final class Sentences {
    private static final int SHOWN = 8;

    /// Whole numbers below this are written out.
    private static final double WHOLE = 1e15;

    private Sentences() {}

    static String names(List<String> names) {
        String shown = "'" + String.join("', '", names.subList(0, Math.min(SHOWN, names.size()))) + "'";
        return names.size() > SHOWN ? shown + " and " + (names.size() - SHOWN) + " more" : shown;
    }

    static String inconsistent(List<DependentTarget> dependent) {
        List<DependentTarget> wrong =
                dependent.stream().filter(d -> !d.agrees()).toList();
        DependentTarget one = wrong.getFirst();
        String more = wrong.size() == 1 ? "" : " (and " + (wrong.size() - 1) + " more like it)";
        return "Target '" + one.name() + "' is always " + one.combination() + ", but the values given disagree" + more
                + "; correct one of them or give it a tolerance.";
    }

    static String infeasible(Infeasibility why) {
        if (!why.impossible().isEmpty()) {
            Infeasibility.Reach one = why.impossible().getFirst();
            String more = why.impossible().size() == 1
                    ? ""
                    : " (and " + (why.impossible().size() - 1) + " more)";
            return "Target '" + one.name() + "' asks for " + number(one.value())
                    + ", but weights within the bounds reach " + interval(one) + " only" + more
                    + "; widen the bounds or correct the target.";
        }
        return "No weights within the bounds meet " + names(why.conflict()) + " together; relax one of them.";
    }

    /// That the targets are met, and at what price if only on the edge of what is possible.
    static String met(String what, Boundary boundary) {
        return boundary.sentence()
                .map(edge -> what + ", but on the edge of what is possible: " + edge
                        + ". Look whether the targets and their filters are right.")
                .orElse(what + ".");
    }

    private static String interval(Infeasibility.Reach reach) {
        if (reach.least() == 0 && reach.value() == 0) {
            return "totals above 0";
        }
        if (reach.most() == Double.POSITIVE_INFINITY) {
            return reach.least() == Double.NEGATIVE_INFINITY
                    ? "any total"
                    : "totals from " + number(reach.least()) + " on";
        }
        return reach.least() == Double.NEGATIVE_INFINITY
                ? "totals up to " + number(reach.most())
                : "totals from " + number(reach.least()) + " to " + number(reach.most());
    }

    /// Six digits are enough to see what is wrong; the diagnostics have all of them.
    public static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < WHOLE
                ? Long.toString((long) value)
                : new BigDecimal(value)
                        .round(new MathContext(6))
                        .stripTrailingZeros()
                        .toString();
    }

    static String notConverged(Newton.Outcome outcome, CalibrationSettings settings) {
        String why = outcome.steps() >= settings.maxNewton()
                ? "The limit of " + settings.maxNewton() + " Newton steps was reached"
                : "After " + outcome.steps() + " Newton steps no further step helped";
        return why + " with targets still missed; whether weights exist is not known.";
    }
}
