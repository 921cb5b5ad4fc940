package io.switchboard.voice.webhook;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.SealedRows;
import io.switchboard.voice.VoiceProfile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(VoiceProfile.class)
class EndpointSecretRenewalTest {
    private final Caller acme = Caller.adminOfNewOrg();

    @Test
    void after_the_renewal_of_both_secrets_the_old_key_can_go() {
        var form = Map.of("provider", "vapi", "label", "Front desk");
        String rotated = acme.post("/api/webhook-endpoints", form).path("id");
        acme.post("/api/webhook-endpoints/" + rotated + "/rotate", Map.of())
                .then()
                .statusCode(200);
        acme.post("/api/webhook-endpoints", form).then().statusCode(201);
        var secrets = rows("secret");
        var previous = rows("previous_secret");
        var clear = List.of(secrets.openByAllKeys(), previous.openByAllKeys());
        assertEquals(List.of(2, 1), clear.stream().map(List::size).toList());

        previous.sealUnderOldKey(); // one row is outdated by its previous secret alone
        await().atMost(Duration.ofSeconds(30)).until(() -> previous.outdated() == 0);
        secrets.sealUnderOldKey();
        await().atMost(Duration.ofSeconds(30)).until(() -> secrets.outdated() == 0);
        assertEquals(clear, List.of(secrets.openByPrimaryKeyAlone(), previous.openByPrimaryKeyAlone()));
    }

    private SealedRows rows(String column) {
        return new SealedRows("webhook_endpoints", column, "org_id", "id", "org_id = '" + acme.orgId() + "'");
    }
}
