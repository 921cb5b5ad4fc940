package io.switchboard.voice;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.switchboard.kit.test.PostgresResource;
import java.util.List;
import java.util.Map;

/** The one way in which all tests over HTTP run the service: as in production, but that failures are tried again at once. */
public class VoiceProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "switchboard.webhooks.retry-base",
                "1ms",
                "switchboard.webhooks.poll",
                "100ms",
                "switchboard.deliveries.poll",
                "100ms");
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(
                new TestResourceEntry(PostgresResource.class),
                new TestResourceEntry(ReceiverPlace.class),
                new TestResourceEntry(ProviderPlace.class));
    }
}
