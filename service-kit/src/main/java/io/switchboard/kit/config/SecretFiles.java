package io.switchboard.kit.config;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.EnvConfigSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Takes any {@code NAME_FILE} of the environment as {@code NAME} with the file's content: how secrets are mounted. */
public class SecretFiles implements ConfigSourceFactory {
    private static final String SUFFIX = "_FILE";

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        return List.of(new EnvConfigSource(contents(System.getenv()), 310));
    }

    static Map<String, String> contents(Map<String, String> environment) {
        var values = new HashMap<String, String>();
        environment.forEach((name, file) -> {
            if (name.startsWith("SWITCHBOARD_") && name.endsWith(SUFFIX) && !file.isBlank()) {
                values.put(name.substring(0, name.length() - SUFFIX.length()), read(name, Path.of(file)));
            }
        });
        return values;
    }

    private static String read(String name, Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " names a file that cannot be read: " + file, e);
        }
    }
}
