package io.switchboard.kit.config;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Locale;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * How connections to PostgreSQL are encrypted: the pool's, those of LISTEN, and the migration's over JDBC. The names mean what
 * they mean to libpq.
 *
 * @param caFile PEM; null for the authorities that the JVM trusts
 */
public record DatabaseTls(Mode mode, @Nullable Path caFile) {

    /** {@code REQUIRE} encrypts and, where there is a CA file, checks the certificate against it; {@code VERIFY_FULL} also checks the name. */
    public enum Mode {
        DISABLE,
        REQUIRE,
        VERIFY_FULL;

        String wire() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Fails in words where a setting is malformed, or the URL says something of its own. */
    public static DatabaseTls of(Config config) {
        for (var url : new String[] {"switchboard.db.url", "switchboard.db.direct-url"}) {
            if (config.getOptionalValue(url, String.class).orElse("").matches(".*[?&]ssl.*")) {
                throw new IllegalArgumentException(variable(url)
                        + " must not set TLS parameters: set SWITCHBOARD_DB_TLS and SWITCHBOARD_DB_CA_FILE.");
            }
        }
        var mode =
                mode(config.getOptionalValue("switchboard.db.tls", String.class).orElse("disable"));
        var file = config.getOptionalValue("switchboard.db.ca-file", String.class)
                .filter(name -> !name.isBlank())
                .map(Path::of);
        file.filter(path -> !Files.isReadable(path)).ifPresent(path -> {
            throw new IllegalArgumentException("SWITCHBOARD_DB_CA_FILE names a file that cannot be read: " + path);
        });
        return new DatabaseTls(mode, file.orElse(null));
    }

    private static Mode mode(String text) {
        return Arrays.stream(Mode.values())
                .filter(mode -> mode.wire().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "SWITCHBOARD_DB_TLS must be disable, require or verify-full (found " + text + ")."));
    }

    /** Whether data leaves this machine unencrypted. */
    public boolean isReadableBeyond(Config config) {
        var host =
                URI.create(config.getValue("switchboard.db.url", String.class)).getHost();
        return mode == Mode.DISABLE && host != null && !ProductionCheck.isLoopback(host);
    }

    /** For the reactive client. */
    public void apply(PgConnectOptions options) {
        switch (mode) {
            case DISABLE -> options.setSslMode(SslMode.DISABLE);
            case REQUIRE -> {
                if (caFile == null) {
                    options.setSslMode(SslMode.REQUIRE).setTrustAll(true);
                } else {
                    options.setSslMode(SslMode.VERIFY_CA).setTrustOptions(trust());
                }
            }
            case VERIFY_FULL ->
                options.setSslMode(SslMode.VERIFY_FULL)
                        .setHostnameVerificationAlgorithm("HTTPS")
                        .setTrustOptions(trust());
        }
    }

    /** The JDBC URL with what makes its connections encrypted likewise. */
    String applyTo(String jdbcUrl) {
        var verified = mode == Mode.REQUIRE && caFile != null ? "verify-ca" : mode.wire();
        var url = new StringBuilder(jdbcUrl)
                .append(jdbcUrl.contains("?") ? '&' : '?')
                .append("sslmode=")
                .append(verified);
        if (caFile != null) {
            url.append("&sslrootcert=").append(URLEncoder.encode(caFile.toString(), StandardCharsets.UTF_8));
        } else if (mode == Mode.VERIFY_FULL) {
            url.append("&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory");
        }
        return url.toString();
    }

    private TrustOptions trust() {
        try {
            if (caFile != null) {
                return new PemTrustOptions().addCertValue(Buffer.buffer(Files.readAllBytes(caFile)));
            }
            var authorities = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            authorities.init((KeyStore) null);
            return Arrays.stream(authorities.getTrustManagers())
                    .map(TrustOptions::wrap)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("SWITCHBOARD_DB_CA_FILE cannot be read: " + caFile, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JVM has no certificate authorities", e);
        }
    }

    private static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
