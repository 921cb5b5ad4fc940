package io.switchboard.voice;

import io.switchboard.kit.test.Caller;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What audit-service was told. */
public final class Audit {
    private Audit() {}

    /** The events of an organization with the action, in the order in which they came. */
    public static List<JsonObject> of(Caller caller, String action) {
        return Crm.recorded("/api/audit/events").stream()
                .flatMap(call -> new JsonArray(call.getString("body")).stream())
                .map(JsonObject.class::cast)
                .filter(event -> event.getString("orgId").equals(caller.orgId().toString()))
                .filter(event -> event.getString("action").equals(action))
                .toList();
    }
}
