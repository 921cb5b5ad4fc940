package io.switchboard.voice;

import io.switchboard.kit.test.Caller;
import io.switchboard.voice.agent.Owners;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Members and PIN clients of an organization as auth-service pushes them, and what they need for calls. */
public final class People {
    private People() {}

    /** A new member who may have ten voice agents. */
    public static Caller member(Caller admin, String role) {
        return Owners.joined(role, admin.orgId(), 10);
    }

    public static Caller client(Caller admin) {
        var client = admin.colleague("client");
        putClient(client, true, 1);
        return client;
    }

    public static void putClient(Caller client, boolean isActive, int version) {
        auth(client)
                .put(
                        "/internal/clients/" + client.id(),
                        Map.of("companyName", "Globex", "isActive", isActive, "version", version))
                .then()
                .statusCode(204);
    }

    /** The id of a new voice agent. */
    public static String agent(Caller owner) {
        return agent(owner, Map.of());
    }

    public static String agent(Caller owner, Map<String, ?> fields) {
        var form = new HashMap<String, Object>(Map.of("name", "Reception"));
        form.putAll(fields);
        var created = owner.post("/api/agents", form);
        created.then().statusCode(201);
        return created.path("id");
    }

    /** The id of a new phone number. */
    public static String number(Caller admin, String number, UUID clientId, String agentId) {
        var form = new HashMap<String, Object>(Map.of("number", number, "provider", "vapi"));
        form.put("clientId", clientId);
        form.put("agentId", agentId);
        var created = admin.post("/api/phone-numbers", form);
        created.then().statusCode(201);
        return created.path("id");
    }

    /** The id of a new assistant. */
    public static String assistant(Caller admin, UUID clientId, Map<String, ?> fields) {
        var form = new HashMap<String, Object>(Map.of("clientId", clientId, "displayName", "Reception"));
        form.putAll(fields);
        var created = admin.post("/api/assistants", form);
        created.then().statusCode(201);
        return created.path("id");
    }

    private static Caller auth(Caller member) {
        return Caller.service("auth-service", member.orgId());
    }
}
