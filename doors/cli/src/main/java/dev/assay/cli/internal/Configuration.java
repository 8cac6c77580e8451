package dev.assay.cli.internal;

import dev.assay.study.UserConfiguration;
import java.nio.file.Path;

/// The configuration of whoever runs the program.
final class Configuration {
    private Configuration() {}

    /// @throws dev.assay.fault.Fault if there is one that cannot be used
    static UserConfiguration ofUser() {
        return UserConfiguration.of(System::getenv, Path.of(System.getProperty("user.home", "/")));
    }
}
