package io.switchboard.voice.subscription;

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
class SubscriptionSecretRenewalTest {
    private final Caller acme = Caller.adminOfNewOrg();

    @Test
    void after_the_renewal_of_both_secrets_the_old_key_can_go() {
        var rotated = Subscribed.to(acme, "call.ended");
        acme.post(rotated.path() + "/rotate", Map.of()).then().statusCode(200);
        Subscribed.to(acme, "call.ended");
        var secrets = rows("secret");
        var previous = rows("previous_secret");
        var clear = List.of(secrets.openByAllKeys(), previous.openByAllKeys());
        assertEquals(List.of(2, 1), clear.stream().map(List::size).toList());
        previous.sealUnderOldKey();
        secrets.sealUnderOldKey();
        await().atMost(Duration.ofSeconds(30)).until(() -> secrets.outdated() == 0);
        assertEquals(clear, List.of(secrets.openByPrimaryKeyAlone(), previous.openByPrimaryKeyAlone()));
    }

    private SealedRows rows(String column) {
        return new SealedRows("webhook_subscriptions", column, "org_id", "id", "org_id = '" + acme.orgId() + "'");
    }
}
