package io.switchboard.auth;

import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class ExpiryTest {

    @Test
    void what_has_run_out_is_removed_and_the_rest_stays() {
        var ada = Person.signUp();
        var org = ada.caller().orgId();
        ada.logIn(Person.PASSWORD, Map.of()).then().statusCode(200);
        ada.caller().post("/api/invitations", Map.of("email", UUID.randomUUID() + "@example.com", "role", "agent"));
        Sql.superuser()
                .run("update invitations set expires_at = now() - interval '1 second' where org_id = '" + org + "'");
        Sql.superuser()
                .run(
                        "update refresh_families set expires_at = now() - interval '8 days' where id = (select max(id::text)::uuid"
                                + " from refresh_families where org_id = '" + org + "')");
        Sql.superuser()
                .run("update device_tokens set expires_at = now() where id = (select max(id::text)::uuid"
                        + " from device_tokens where org_id = '" + org + "')");
        for (int i = 0; i < 2; i++) {
            Person.post("/api/auth/password/forgot", Map.of("email", ada.email()))
                    .then()
                    .statusCode(202);
        }
        Sql.superuser()
                .run("update password_resets set expires_at = now() where id = (select max(id::text)::uuid"
                        + " from password_resets where org_id = '" + org + "')");
        var client = ada.addClient();
        for (int i = 0; i < 2; i++) {
            Person.post("/api/auth/pin", Map.of("pin", client.get("pin")))
                    .then()
                    .statusCode(200);
        }
        Sql.superuser()
                .run(
                        "update client_sessions set expires_at = now() - interval '8 days' where id = (select max(id::text)::uuid"
                                + " from client_sessions where org_id = '" + org + "')");
        becomes("1", org, "select count(*) from password_resets");
        becomes("expired", org, "select status::text from invitations");
        becomes("1", org, "select count(*) from refresh_families");
        becomes("1", org, "select count(*) from device_tokens");
        becomes("1", org, "select count(*) from client_sessions");
        becomes("1", org, "select count(*) from directory_client_sessions");
    }

    @Test
    void counters_are_forgotten_save_those_that_are_closed_for_good() {
        Sql.superuser()
                .run("insert into login_attempts (scope, key, in_a_row, updated_at) values"
                        + " ('address', 'old', 9, now() - interval '2 days'), ('address', 'new', 9, now()),"
                        + " ('account', 'old', 9, now() - interval '31 days'), ('account', 'new', 9, now() - interval '29 days'),"
                        + " ('account', 'closed', 20, now() - interval '1 year')");
        await().until(
                        () -> Sql.superuser()
                                .column("select scope || ' ' || convert_from(key, 'UTF8') from login_attempts"
                                        + " where key in ('old', 'new', 'closed') order by 1"),
                        List.of("account closed", "account new", "address new")::equals);
        Sql.superuser().run("delete from login_attempts where key in ('new', 'closed')");
    }

    /** The housekeeping comes by every second. */
    static void becomes(String value, UUID org, String query) {
        await().until(() -> Sql.superuser().column(query + " where org_id = '" + org + "'"), List.of(value)::equals);
    }
}
