package io.switchboard.audit;

import io.restassured.response.Response;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.test.Caller;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Audit events as services send them. */
public final class SampleEvents {
    public static final Caller CRM = Caller.service("crm-service", null);

    private SampleEvents() {}

    /** A contact created by a user. The pairs of name and value change fields; null removes one. */
    public static Map<String, Object> event(UUID orgId, Object... fields) {
        var event = new HashMap<String, Object>();
        event.put("id", UuidV7.next().toString());
        event.put("orgId", orgId.toString());
        event.put("occurredAt", Instant.now().toString());
        event.put("actorId", UUID.randomUUID().toString());
        event.put("actorType", "user");
        event.put("action", "create");
        event.put("resourceType", "contacts");
        event.put("resourceId", UUID.randomUUID().toString());
        event.put("service", "crm-service");
        event.put("newData", Map.of("name", "Ada"));
        event.put("requestId", UUID.randomUUID().toString());
        event.put("outcome", "success");
        for (int i = 0; i < fields.length; i += 2) {
            event.put((String) fields[i], fields[i + 1]);
        }
        event.values().removeIf(value -> value == null);
        return event;
    }

    public static Response post(Object... events) {
        return CRM.post("/api/audit/events", Arrays.asList(events));
    }

    public static void record(List<Map<String, Object>> events) {
        CRM.post("/api/audit/events", events).then().statusCode(200);
    }
}
