package io.switchboard.kit.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A private certificate authority and one server certificate of it, made by the JDK's keytool for one test. */
public final class TestCertificates {
    private static final char[] PASSWORD = "test-only".toCharArray();

    private final Path folder;

    private TestCertificates(Path folder) {
        this.folder = folder;
    }

    /** @param names as keytool takes them, such as {@code IP:127.0.0.1} */
    public static TestCertificates in(Path folder, String names) throws Exception {
        var made = new TestCertificates(folder);
        made.keytool("-genkeypair", "-alias", "ca", "-keyalg", "EC", "-dname", "CN=Test authority", "-ext", "bc:c");
        made.keytool("-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=server");
        made.keytool("-certreq", "-alias", "server", "-file", "server.csr");
        made.keytool(
                "-gencert",
                "-alias",
                "ca",
                "-infile",
                "server.csr",
                "-outfile",
                "server.crt",
                "-rfc",
                "-ext",
                "san=" + names);
        made.keytool("-exportcert", "-alias", "ca", "-file", "ca.crt", "-rfc");
        made.writeKey();
        return made;
    }

    public Path authority() {
        return folder.resolve("ca.crt");
    }

    public Path certificate() {
        return folder.resolve("server.crt");
    }

    /** Readable by its owner alone, else PostgreSQL refuses it. */
    public Path key() {
        return folder.resolve("server.key");
    }

    private void writeKey() throws Exception {
        var store = KeyStore.getInstance(folder.resolve("store.p12").toFile(), PASSWORD);
        var key = store.getKey("server", PASSWORD).getEncoded();
        Files.writeString(
                key(),
                "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                        + "\n-----END PRIVATE KEY-----\n");
        Files.setPosixFilePermissions(key(), PosixFilePermissions.fromString("rw-------"));
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "-keystore",
                "store.p12",
                "-storepass",
                new String(PASSWORD),
                "-noprompt",
                "-J-XX:TieredStopAtLevel=1"));
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        var told = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException("keytool: " + told);
        }
    }
}
