package io.switchboard.kit.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.switchboard.kit.secret.RowCipher;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProductionCheckTest {
    @Test
    void random_secrets_are_fine() {
        assertEquals(List.of(), complaints(Map.of()));
    }

    @Test
    void each_setting_that_is_wrong_is_named() {
        assertEquals(
                List.of(
                        "SWITCHBOARD_PIN_PEPPER (or SWITCHBOARD_PIN_PEPPER_FILE) is too short: it must have at least 32 bytes,"
                                + " base64"),
                complaints(Map.of("switchboard.pin-pepper", base64(31))));
        assertEquals(
                List.of("SWITCHBOARD_HMAC_KEY (or SWITCHBOARD_HMAC_KEY_FILE) is too easy to guess"),
                complaints(Map.of("switchboard.hmac-key", Base64.getEncoder().encodeToString(new byte[32]))));
        assertEquals(
                List.of("SWITCHBOARD_CLIENT_SECRET (or SWITCHBOARD_CLIENT_SECRET_FILE) is a secret for demonstrations"),
                complaints(Map.of("switchboard.client-secret", "ChangeMe-ChangeMe-ChangeMe-ChangeMe")));
        assertEquals(
                List.of(
                        "SWITCHBOARD_SERVICE_SECRETS_CRM_SERVICE (or SWITCHBOARD_SERVICE_SECRETS_CRM_SERVICE_FILE) is not set"),
                complaints(Map.of("switchboard.service-secrets.crm-service", "")));
        assertEquals(
                List.of(
                        "SWITCHBOARD_SEAL_KEYSET (or SWITCHBOARD_SEAL_KEYSET_FILE) must be a Tink keyset of AES-GCM keys"),
                complaints(Map.of("switchboard.seal.keyset", "{}")));
        assertEquals(
                List.of("SWITCHBOARD_MODE (or SWITCHBOARD_MODE_FILE) is staging; it must be production or local"),
                complaints(Map.of("switchboard.mode", "staging")));
    }

    @Test
    void of_two_peppers_each_must_be_long_enough() {
        assertTrue(complaints(Map.of("switchboard.pin-pepper", base64(32) + "," + base64(32)))
                .isEmpty());
        assertEquals(
                1,
                complaints(Map.of("switchboard.pin-pepper", base64(32) + "," + base64(16)))
                        .size());
    }

    @Test
    void mail_is_sent_and_leads_to_a_page_that_people_reach() {
        assertEquals(
                List.of("SWITCHBOARD_MAIL_FOLDER (or SWITCHBOARD_MAIL_FOLDER_FILE) is set: mail would be put there,"
                        + " readable, and not sent"),
                complaints(Map.of("switchboard.mail.folder", "/tmp/mail")));
        assertEquals(
                1,
                complaints(Map.of("switchboard.schema", "crm", "switchboard.mail.folder", "/tmp/mail"))
                        .size());
        assertEquals(
                List.of(), complaints(Map.of("switchboard.schema", "crm", "quarkus.mailer.host", "smtp.example.com")));
        assertEquals(List.of(), complaints(Map.of("quarkus.mailer.host", "localhost")));
        assertEquals(
                2,
                mailing("http://app.example.com/accept", "https://127.0.0.1/reset")
                        .size());
        assertEquals(2, mailing("", "https://[::1]/reset").size());
        assertEquals(2, mailing("no address", "https:reset").size());
        assertEquals(List.of(), mailing("https://app.example.com/accept", "https://app.example.com/reset"));
    }

    private static List<String> mailing(String acceptUrl, String resetUrl) {
        return complaints(Map.of(
                "quarkus.mailer.host", "smtp.example.com",
                "switchboard.accept-url", acceptUrl,
                "switchboard.reset-url", resetUrl));
    }

    @Test
    void no_private_address_is_reached() {
        assertEquals(
                List.of(
                        "SWITCHBOARD_OUTGOING_ALLOWED (or SWITCHBOARD_OUTGOING_ALLOWED_FILE) is set: tenants' URLs would"
                                + " reach private addresses"),
                complaints(Map.of("switchboard.outgoing.allowed", "127.0.0.1:9999")));
        assertEquals(List.of(), complaints(Map.of("switchboard.outgoing.allowed", "")));
    }

    @Test
    void the_audit_log_leaves_the_database_signed() {
        var audit = Map.of("switchboard.schema", "audit");
        assertEquals(
                List.of(
                        "SWITCHBOARD_AUDIT_STORE (or SWITCHBOARD_AUDIT_STORE_FILE) is not set",
                        "SWITCHBOARD_AUDIT_SIGNING_KEY (or SWITCHBOARD_AUDIT_SIGNING_KEY_FILE) is not set"),
                complaints(audit));
        var journal = Map.of(
                "switchboard.schema", "audit",
                "switchboard.audit.store", "s3://logs/journal",
                "switchboard.audit.signing-key", "-----BEGIN PRIVATE KEY-----\n…");
        assertEquals(List.of(), complaints(journal));
        var wrong = new HashMap<>(journal);
        wrong.put("switchboard.audit.store", "/var/lib/audit");
        wrong.put("switchboard.audit.signing-key", "key");
        wrong.put("switchboard.audit.store.access-key", "key");
        assertEquals(
                List.of(
                        "SWITCHBOARD_AUDIT_STORE (or SWITCHBOARD_AUDIT_STORE_FILE) must be file:///folder or"
                                + " s3://bucket/prefix?endpoint=…&region=…",
                        "SWITCHBOARD_AUDIT_SIGNING_KEY (or SWITCHBOARD_AUDIT_SIGNING_KEY_FILE) must be Ed25519 keys in"
                                + " PKCS#8 PEM",
                        "SWITCHBOARD_AUDIT_STORE_SECRET (or SWITCHBOARD_AUDIT_STORE_SECRET_FILE) is not set, and the other"
                                + " half is"),
                complaints(wrong));
        assertEquals(List.of(), complaints(Map.of("switchboard.schema", "crm")));
    }

    @Test
    void mode_local_is_not_looked_at() {
        assertEquals(List.of(), complaints(Map.of("switchboard.mode", "local", "switchboard.client-secret", "demo")));
    }

    private static List<String> complaints(Map<String, String> changed) {
        var settings = new HashMap<>(Map.of(
                "switchboard.schema", "auth",
                "switchboard.db.password", base64(24),
                "switchboard.client-secret", base64(32),
                "switchboard.hmac-key", base64(32),
                "switchboard.pin-pepper", base64(32),
                "switchboard.seal.keyset", RowCipher.newKeyset()));
        for (var service : List.of("auth", "crm", "voice", "audit")) {
            settings.put("switchboard.service-secrets." + service + "-service", base64(32));
        }
        settings.putAll(changed);
        return ProductionCheck.complaints(
                new SmallRyeConfigBuilder().withDefaultValues(settings).build());
    }

    private static String base64(int bytes) {
        var random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return Base64.getEncoder().encodeToString(random);
    }
}
