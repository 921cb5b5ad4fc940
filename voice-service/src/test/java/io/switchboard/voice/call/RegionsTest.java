package io.switchboard.voice.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.voice.VoiceProfile;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(VoiceProfile.class)
class RegionsTest {
    @Inject
    Regions regions;

    @Test
    void who_gives_up_does_not_take_the_answer_from_others() {
        var caller = CallerContext.Value.service(UUID.randomUUID(), "voice-service", Origin.worker());
        var gaveUp = regions.of(caller).subscribe().with(region -> {});
        var waits = regions.of(caller).subscribeAsCompletionStage();
        gaveUp.cancel();
        assertEquals("US", waits.join());
    }
}
