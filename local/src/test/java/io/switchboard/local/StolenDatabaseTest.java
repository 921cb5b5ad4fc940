package io.switchboard.local;

import static io.switchboard.local.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** All rows of all tables, as in a stolen dump, hold no readable secret. */
class StolenDatabaseTest {
    private final RunningSuite running = RunningSuite.ready();
    private final Map<String, String> secrets = new LinkedHashMap<>();

    @Test
    void no_secret_can_be_read_from_the_rows() throws SQLException, IOException {
        var acme = running.newTenant();
        people(acme);
        machines(acme);
        secrets.values().forEach(secret -> assertTrue(secret.length() >= 8, secrets.toString()));

        var rows = rows();
        var found = new ArrayList<String>();
        secrets.forEach((what, secret) -> forms(secret).forEach((form, text) -> {
            if (rows.contains(text.toLowerCase(Locale.ROOT))) {
                found.add(what + " as " + form);
            }
        }));
        assertEquals(List.of(), found);
        // Of the keys that sign: an RSA private key in PKCS #8 says what it is in these bytes.
        assertTrue(!rows.contains("06092a864886f70d0101010500048204"), "a private key in the clear");
    }

    private void people(Tenant acme) {
        var nobody = running.nobody();
        var email = "grace-" + DemoTenant.random(4) + "@example.com";
        var invitation = acme.api.post(Service.AUTH, "/api/invitations", Map.of("email", email, "role", "agent"));
        secrets.put("invitation token", invitation.path("token").asText());
        secrets.put("password", "open sesame " + DemoTenant.random(4));
        var grace = nobody.post(
                Service.AUTH,
                "/api/invitations/accept",
                Map.of(
                        "token", secrets.get("invitation token"),
                        "password", secrets.get("password"),
                        "fullName", "Grace Hopper"));
        secrets.put("refresh token", grace.path("refreshToken").asText());
        secrets.put("device token", grace.path("deviceToken").asText());
        secrets.put("access token", grace.path("accessToken").asText());
        var totp = nobody.with(grace.path("accessToken").asText()).post(Service.AUTH, "/api/me/totp", Map.of());
        secrets.put("TOTP seed", totp.path("secret").asText());
        assertEquals(
                202,
                nobody.answer(Service.AUTH, "/api/auth/password/forgot", Map.of("email", email))
                        .status());
        secrets.put("reset token", mailedToken(email));
    }

    private void machines(Tenant acme) {
        var client = acme.addClient();
        secrets.put("PIN", client.path("pin").asText());
        var session = running.nobody()
                .post(Service.AUTH, "/api/auth/pin", Map.of("pin", secrets.get("PIN"), "organization", acme.slug()));
        secrets.put("session token", session.path("sessionToken").asText());
        secrets.put("webhook secret", acme.vapiSecret());
        secrets.put("provider key", "sk-live-" + DemoTenant.random(16));
        assertEquals(
                201,
                acme.put(Service.AUTH, "/api/api-keys/openai", "{\"apiKey\":\"" + secrets.get("provider key") + "\"}"));
        var key = acme.api.post(Service.AUTH, "/api/access-keys", Map.of("name", "CI", "role", "agent"));
        secrets.put("access key", key.path("clientSecret").asText());
    }

    /** From where {@code up} lets mails land. */
    private String mailedToken(String email) {
        var found = new String[1];
        await("the mail to " + email + " has landed").until(() -> {
            found[0] = running.mails().stream()
                    .filter(mail -> mail.contains(email) && mail.contains("reset"))
                    .findFirst()
                    .orElse(null);
            return found[0] != null;
        });
        var unfolded = found[0].replace("=\r\n", "").replace("=\n", "").replace("=3D", "=");
        return unfolded.replaceAll("(?s).*#token=([A-Za-z0-9_-]+).*", "$1");
    }

    /** Every row of every table, in lower case; bytes are hexadecimal there. */
    private String rows() throws SQLException {
        var all = new StringBuilder();
        try (var connection = running.suite.server().connect();
                var statement = connection.createStatement()) {
            for (var table : tables(statement)) {
                try (var rows = statement.executeQuery("select t::text from " + table + " t")) {
                    while (rows.next()) {
                        all.append(rows.getString(1)).append('\n');
                    }
                }
            }
        }
        return all.toString().toLowerCase(Locale.ROOT);
    }

    private static List<String> tables(Statement statement) throws SQLException {
        var tables = new ArrayList<String>();
        try (var rows = statement.executeQuery("select format('%I.%I', n.nspname, c.relname) from pg_class c"
                + " join pg_namespace n on n.oid = c.relnamespace"
                + " where n.nspname in ('auth', 'crm', 'voice', 'audit') and c.relkind = 'r'")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        assertTrue(tables.size() > 30, tables.toString());
        return tables;
    }

    private static Map<String, String> forms(String secret) {
        var bytes = secret.getBytes(UTF_8);
        var reversible = new LinkedHashMap<String, String>();
        reversible.put("it is", secret);
        reversible.put("hexadecimal", HexFormat.of().formatHex(bytes));
        reversible.put("base64", Base64.getEncoder().withoutPadding().encodeToString(bytes));
        return reversible;
    }
}
