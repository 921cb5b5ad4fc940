package io.switchboard.local;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/** How to sign in to what the latest demo made; kept beside the secrets of the suite, readable by its owner alone. */
record DemoSignIn(String organization, String email, String password, String client, String pin) {

    void write(Path file) {
        Properties lines = new Properties();
        lines.setProperty("organization", organization);
        lines.setProperty("email", email);
        lines.setProperty("password", password);
        lines.setProperty("client", client);
        lines.setProperty("pin", pin);
        StringWriter text = new StringWriter();
        try {
            lines.store(text, null);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        PrivateFile.write(file, text.toString());
    }

    static Optional<DemoSignIn> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (Reader reader = Files.newBufferedReader(file)) {
            Properties lines = new Properties();
            lines.load(reader);
            return Optional.of(new DemoSignIn(
                    lines.getProperty("organization"),
                    lines.getProperty("email"),
                    lines.getProperty("password"),
                    lines.getProperty("client"),
                    lines.getProperty("pin")));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    String text() {
        return String.format(
                "  sign in as the admin of %s: POST /api/auth/login  email %s  password %s%n"
                        + "  sign in as its client %s: POST /api/auth/pin  pin %s%n",
                organization, email, password, client, pin);
    }
}
