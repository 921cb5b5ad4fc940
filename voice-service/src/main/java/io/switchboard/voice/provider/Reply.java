package io.switchboard.voice.provider;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** The HTTP answer to a delivery; always 200, since the delivery is stored. */
public record Reply(@Nullable String contentType, String body) {
    public static final Reply EMPTY = new Reply(null, "");
    public static final Reply JSON = new Reply("application/json", "{}");
    /** TwiML that leaves the call as it is. */
    public static final Reply TWIML = new Reply("text/xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>");

    public static Reply json(JsonNode body) {
        return new Reply("application/json", body.toString());
    }
}
