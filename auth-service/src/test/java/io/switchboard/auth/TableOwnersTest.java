package io.switchboard.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each table is named by the Java code of one feature; the others use its methods, views and functions. */
class TableOwnersTest {
    private static final Path CODE = Path.of("src/main/java/io/switchboard/auth");
    private static final Pattern TABLE =
            Pattern.compile("(?<=\\b(?:from|join|into|update|using) |@Table\\(name = \")[a-z_]+");
    private static final Map<String, String> OWNERS = Map.ofEntries(
            Map.entry("users", "user"),
            Map.entry("invitations", "user"),
            Map.entry("organizations", "organization"),
            Map.entry("subscriptions", "subscription"),
            Map.entry("tiers", "subscription"),
            Map.entry("clients", "client"),
            Map.entry("client_sessions", "clientsession"),
            Map.entry("refresh_families", "session"),
            Map.entry("device_tokens", "session"),
            Map.entry("password_resets", "password"),
            Map.entry("user_totp", "totp"),
            Map.entry("access_keys", "accesskey"),
            Map.entry("api_keys", "apikey"),
            Map.entry("service_accounts", "serviceaccount"),
            Map.entry("signing_keys", "token"));

    @Test
    void each_table_is_used_by_one_feature() throws IOException {
        var used = new TreeSet<String>();
        var foreign = new TreeSet<String>();
        for (var file : sources()) {
            var feature = CODE.relativize(file).getName(0).toString();
            TABLE.matcher(Files.readString(file))
                    .results()
                    .map(MatchResult::group)
                    .forEach(table -> {
                        var owner = OWNERS.get(table);
                        if (feature.equals(owner)) {
                            used.add(table);
                        } else if (owner != null) {
                            foreign.add(feature + " uses " + table + " of " + owner);
                        }
                    });
        }
        assertEquals(new TreeSet<>(), foreign);
        assertEquals(OWNERS.keySet(), used, "tables that their owner uses");
    }

    private static List<Path> sources() throws IOException {
        try (var files = Files.walk(CODE)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
