package dev.assay.cli.internal;

import dev.assay.fault.Fault;
import dev.assay.fault.Limit;
import dev.assay.fault.Limits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/// `--limit`, which every command has: how large input may make things.
final class LimitOption {
    private static final String NAME = "limits";

    @Option(
            names = "--limit",
            paramLabel = "NAME=VALUE",
            description = "Allow more, or less, of what input can make large. May be given several times.")
    private List<String> given = new ArrayList<>();

    /// Gives the option to a command and all below it.
    static void addTo(CommandLine command) {
        command.addMixin(NAME, new LimitOption());
        command.getSubcommands().values().forEach(LimitOption::addTo);
    }

    /// What was given to a command and those above it.
    static List<String> of(CommandLine.ParseResult parsed) {
        List<String> given = new ArrayList<>();
        for (CommandLine.ParseResult each = parsed;
                each != null;
                each = each.hasSubcommand() ? each.subcommand() : null) {
            CommandLine.Model.CommandSpec mixin = each.commandSpec().mixins().get(NAME);
            if (mixin != null && mixin.userObject() instanceof LimitOption option) {
                given.addAll(option.given);
            }
        }
        return given;
    }

    /// Sets the limits of this process.
    ///
    /// @param configured the user's standing ones; the process's own system properties go before them
    /// @param given      `name=value`, which go before all
    /// @return undoes it
    /// @throws Fault (USAGE, BAD_SETTING) if one is unknown or out of its range
    static Runnable apply(Map<String, String> configured, List<String> given) {
        Map<String, String> wanted = new LinkedHashMap<>();
        configured.forEach((label, value) -> {
            if (System.getProperty(Limits.PROPERTY + label) == null) {
                wanted.put(label, value);
            }
        });
        for (String each : given) {
            int equals = each.indexOf('=');
            if (equals < 1) {
                throw Fault.of(
                        Fault.Kind.USAGE,
                        "--limit takes NAME=VALUE, got '" + each + "'; the names are "
                                + String.join(", ", Limit.labels()) + ".");
            }
            String label = each.substring(0, equals);
            Limits.STANDARD.with(label, each.substring(equals + 1));
            wanted.put(label, each.substring(equals + 1));
        }
        Map<String, @Nullable String> before = new HashMap<>();
        wanted.forEach((label, value) -> {
            before.put(label, System.getProperty(Limits.PROPERTY + label));
            System.setProperty(Limits.PROPERTY + label, value);
        });
        return () -> before.forEach((label, value) -> {
            if (value == null) {
                System.clearProperty(Limits.PROPERTY + label);
            } else {
                System.setProperty(Limits.PROPERTY + label, value);
            }
        });
    }
}
