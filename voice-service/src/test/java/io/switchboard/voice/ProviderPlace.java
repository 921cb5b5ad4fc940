package io.switchboard.voice;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Leads what is for the providers' APIs to a port of this machine; {@link ProviderServer} listens there. */
public class ProviderPlace implements QuarkusTestResourceLifecycleManager {
    static final String PORT = "switchboard.test.provider-port";

    private static final List<String> HOSTS = List.of(
            "api.vapi.ai",
            "api.twilio.com",
            "api.telnyx.com",
            "api.retellai.com",
            "api.elevenlabs.io",
            "api.plivo.com",
            "media.plivo.com",
            "api.nexmo.com");

    @Override
    public Map<String, String> start() {
        var port = Integer.toString(ReceiverPlace.freePort());
        var hosts =
                HOSTS.stream().map(host -> host + "=http://127.0.0.1:" + port).collect(Collectors.joining(","));
        return Map.of(PORT, port, "switchboard.providers.hosts", hosts);
    }

    @Override
    public void stop() {}
}
