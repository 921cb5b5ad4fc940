package io.switchboard.auth;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.SealedRows;
import io.switchboard.kit.test.Sql;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class SecretRenewalTest {

    @Test
    void after_the_renewal_of_all_tables_the_old_key_can_go() {
        var ada = Person.signUp();
        ada.caller()
                .put("/api/api-keys/groq", Map.of("apiKey", "gsk_live_0123"))
                .then()
                .statusCode(201);
        ada.caller()
                .put("/api/api-keys/azure", Map.of("apiKey", "az_live_0123"))
                .then()
                .statusCode(201);
        var authenticator = Authenticator.of(ada);
        var own = "org_id = '" + ada.caller().orgId() + "'";
        for (var rows : List.of(
                new SealedRows("api_keys", "ciphertext", "org_id", "user_id || '/' || provider || '/' || id", own),
                new SealedRows("user_totp", "seed", "org_id", "id", own),
                new SealedRows("signing_keys", "private_key", "'" + CallerContext.PLATFORM + "'", "id", "true"))) {
            var clear = rows.openByAllKeys();
            assertFalse(clear.isEmpty(), rows.table());
            rows.sealUnderOldKey();
            await(rows.table()).atMost(Duration.ofSeconds(30)).until(() -> rows.outdated() == 0);
            assertEquals(clear, rows.openByPrimaryKeyAlone(), rows.table());
        }
        ada.logIn(Person.PASSWORD, Map.of("code", authenticator.code())).then().statusCode(200);
    }

    @Test
    void a_totp_secret_of_another_user_does_not_open() {
        var ada = Person.signUp();
        var grace = Person.signUp();
        Authenticator.of(ada);
        Authenticator.of(grace);
        var theirs =
                "org_id in ('" + ada.caller().orgId() + "', '" + grace.caller().orgId() + "')";
        Sql.superuser()
                .run("update user_totp t set seed = o.seed from user_totp o where o.id <> t.id and t." + theirs
                        + " and o." + theirs);
        var rows = new SealedRows("user_totp", "seed", "org_id", "id", theirs);
        assertThrows(IllegalStateException.class, rows::openByAllKeys);
    }
}
