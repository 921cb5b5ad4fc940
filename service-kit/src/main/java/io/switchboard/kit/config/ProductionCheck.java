package io.switchboard.kit.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * What keeps a service from starting in production: secrets that are missing, short, guessable or meant for a demonstration,
 * mail that is not sent or leads nowhere, private addresses that tenants' URLs may reach, and an audit log of which nothing leaves
 * the database.
 */
public final class ProductionCheck {
    private static final int KEY_BYTES = 32;
    private static final int SHORTEST_SECRET = 32;
    private static final int SHORTEST_PASSWORD = 16;
    private static final int FEWEST_DIFFERENT = 8;
    private static final List<String> SERVICES =
            List.of("auth-service", "crm-service", "voice-service", "audit-service");
    private static final Pattern DEMO = Pattern.compile(
            "change[-_]?me|password|switchboard|12345678|test-only|\\b(demo|example|secret)\\b",
            Pattern.CASE_INSENSITIVE);

    private final Config config;
    private final List<String> complaints = new ArrayList<>();

    private ProductionCheck(Config config) {
        this.config = config;
    }

    /** Whether this is production: wherever it is not said to be {@code local}. */
    public static boolean isProduction() {
        return !"local".equals(mode(ConfigProvider.getConfig()));
    }

    /** One line for each wrong setting, by the name of its environment variable; empty in mode {@code local}. */
    public static List<String> complaints(Config config) {
        var mode = mode(config);
        if (mode.equals("local")) {
            return List.of();
        }
        var check = new ProductionCheck(config);
        if (!mode.equals("production")) {
            check.complain("switchboard.mode", "is " + mode + "; it must be production or local");
        }
        check.all();
        return List.copyOf(check.complaints);
    }

    private static String mode(Config config) {
        return config.getOptionalValue("switchboard.mode", String.class).orElse("production");
    }

    private void all() {
        password("switchboard.db.password");
        secret("switchboard.client-secret");
        key("switchboard.hmac-key");
        keyset("switchboard.seal.keyset");
        outgoing();
        mail();
        if (config.getValue("switchboard.schema", String.class).equals("auth")) {
            value("switchboard.pin-pepper").ifPresent(peppers -> List.of(peppers.split(","))
                    .forEach(pepper -> key("switchboard.pin-pepper", pepper)));
            SERVICES.forEach(service -> secret("switchboard.service-secrets." + service));
            if (config.getOptionalValue("switchboard.operator.email", String.class)
                    .isPresent()) {
                password("switchboard.operator.password");
            }
            pages();
        }
        if (config.getValue("switchboard.schema", String.class).equals("audit")) {
            journal();
        }
    }

    /** What leaves the database: signed, and to another place. */
    private void journal() {
        value("switchboard.audit.store")
                .filter(store -> !store.matches("file:///.+|s3://.+"))
                .ifPresent(store -> complain(
                        "switchboard.audit.store", "must be file:///folder or s3://bucket/prefix?endpoint=…&region=…"));
        value("switchboard.audit.signing-key")
                .filter(keys -> !keys.contains("-----BEGIN PRIVATE KEY-----"))
                .ifPresent(keys -> complain("switchboard.audit.signing-key", "must be Ed25519 keys in PKCS#8 PEM"));
        var key = config.getOptionalValue("switchboard.audit.store.access-key", String.class);
        var secret = config.getOptionalValue("switchboard.audit.store.secret", String.class);
        if (key.isPresent() != secret.isPresent()) {
            complain(
                    "switchboard.audit.store." + (key.isPresent() ? "secret" : "access-key"),
                    "is not set, and the other half is");
        }
    }

    private void outgoing() {
        if (config.getOptionalValue("switchboard.outgoing.allowed", String.class)
                .isPresent()) {
            complain("switchboard.outgoing.allowed", "is set: tenants' URLs would reach private addresses");
        }
    }

    /** Mails hold tokens that set passwords, and tell of people. */
    private void mail() {
        if (config.getOptionalValue("switchboard.mail.folder", String.class).isPresent()) {
            complain("switchboard.mail.folder", "is set: mail would be put there, readable, and not sent");
        }
    }

    /** Where mails lead to. */
    private void pages() {
        var server = config.getOptionalValue("quarkus.mailer.host", String.class)
                .filter(host -> !isLoopback(host))
                .isPresent();
        if (server) {
            link("switchboard.accept-url");
            link("switchboard.reset-url");
        }
    }

    private void link(String name) {
        var url = config.getOptionalValue(name, String.class).map(ProductionCheck::uri);
        if (url.filter(uri -> "https".equals(uri.getScheme()) && uri.getHost() != null && !isLoopback(uri.getHost()))
                .isEmpty()) {
            complain(name, "must be the https address of a page: mail leads there");
        }
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException noUrl) {
            return URI.create("");
        }
    }

    static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost") || host.startsWith("127.") || host.matches("\\[?::1]?");
    }

    private void password(String name) {
        value(name).ifPresent(value -> guessable(name, value, SHORTEST_PASSWORD));
    }

    private void secret(String name) {
        value(name).ifPresent(value -> guessable(name, value, SHORTEST_SECRET));
    }

    private void guessable(String name, String value, int shortest) {
        if (DEMO.matcher(value).find()) {
            complain(name, "is a secret for demonstrations");
        } else if (value.length() < shortest) {
            complain(name, "is too short: it must have at least " + shortest + " characters");
        } else if (value.chars().distinct().count() < FEWEST_DIFFERENT) {
            complain(name, "is too easy to guess");
        }
    }

    private void key(String name) {
        value(name).ifPresent(value -> key(name, value));
    }

    private void key(String name, String base64) {
        try {
            var bytes = Base64.getDecoder().decode(base64.trim());
            if (bytes.length < KEY_BYTES) {
                complain(name, "is too short: it must have at least " + KEY_BYTES + " bytes, base64");
            } else if (new String(bytes, ISO_8859_1).chars().distinct().count() < FEWEST_DIFFERENT) {
                complain(name, "is too easy to guess");
            }
        } catch (IllegalArgumentException notBase64) {
            complain(name, "must be base64");
        }
    }

    private void keyset(String name) {
        value(name)
                .filter(value -> !value.contains("AesGcmKey"))
                .ifPresent(value -> complain(name, "must be a Tink keyset of AES-GCM keys"));
    }

    private Optional<String> value(String name) {
        var value = config.getOptionalValue(name, String.class);
        if (value.isEmpty()) {
            complain(name, "is not set");
        }
        return value;
    }

    private void complain(String name, String what) {
        var variable = name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
        complaints.add(variable + " (or " + variable + "_FILE) " + what);
    }
}
