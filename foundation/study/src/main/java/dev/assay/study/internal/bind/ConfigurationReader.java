package dev.assay.study.internal.bind;

import dev.assay.fault.Fault;
import dev.assay.study.Destination;
import dev.assay.study.HostRule;
import dev.assay.study.Setting;
import dev.assay.study.SettingType;
import dev.assay.study.StageDescription.SettingPart;
import dev.assay.study.UserConfiguration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the user's configuration: every key known, every value of its type.
public final class ConfigurationReader {
    /// A host in the file.
    record Host(
            @Setting("the host, a name or an address, as in a URL")
            String host,

            @Setting(value = "the only port", min = 1, max = 65_535)
            Optional<Integer> port,

            @Setting(value = "the environment variables that may be sent there as keys", defaultsTo = "[]")
            List<String> variables,

            @Setting(value = "whether it may be spoken to without encryption", defaultsTo = "false")
            boolean plain) {
        /// @throws IllegalArgumentException if the host or a variable is none
        Host {
            variables.forEach(Destination::variable);
            if (host.indexOf('=') >= 0 || host.indexOf('/') >= 0) {
                throw new IllegalArgumentException("a host stands alone, such as models.example.com");
            }
            HostRule.parse(port.map(p -> host + ":" + p).orElse(host));
        }

        HostRule rule() {
            HostRule parsed = HostRule.parse(port.map(p -> host + ":" + p).orElse(host));
            return new HostRule(parsed.host(), parsed.port(), Optional.of(Set.copyOf(variables)), plain);
        }
    }

    /// The whole file.
    record Whole(
            @Setting(value = "hosts that runs may send to", defaultsTo = "[]")
            List<Host> hosts,

            @Setting(value = "limits on input by name", defaultsTo = "{}")
            Map<String, String> limits) {}

    private ConfigurationReader() {}

    /// @param name what problems are said to be in
    /// @throws Fault (BAD_SETTING) naming every problem with its line
    public static UserConfiguration read(String text, String name) {
        try {
            Problems problems = new Problems();
            Given given = YamlReader.read(text, name, problems);
            if (given == null) {
                return UserConfiguration.NONE;
            }
            SettingPart whole = new SettingPart(
                    "configuration",
                    "configuration",
                    "",
                    new SettingType.Group(Whole.class, Describer.settings(Whole.class)),
                    false,
                    Optional.empty(),
                    Double.NEGATIVE_INFINITY,
                    Double.POSITIVE_INFINITY);
            SettingBinder.Bound bound = new SettingBinder(problems).bind(whole, given);
            problems.raise(Fault.Kind.BAD_SETTING);
            if (bound == null || !(bound.value() instanceof Whole read)) {
                throw new IllegalStateException("a configuration was refused without a word");
            }
            return new UserConfiguration(read.hosts().stream().map(Host::rule).toList(), read.limits());
        } catch (Fault fault) {
            Fault told = Fault.of(Fault.Kind.BAD_SETTING, fault.sentence()).causedBy(fault);
            throw told.at(fault.place().orElse(name));
        }
    }
}
