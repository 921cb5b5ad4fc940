package io.switchboard.voice.agent;

import static java.util.concurrent.CompletableFuture.supplyAsync;

import io.restassured.response.Response;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.TestIssuer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** Users who may own voice agents, and what they create. */
public final class Owners {
    static final String AGENTS = "/api/agents";

    private Owners() {}

    /** A user whom auth-service has told this service of. */
    public static Caller joined(String role, UUID orgId, int maxAgents) {
        return push(Caller.of(role, orgId), role, maxAgents, true);
    }

    static Caller left(String role, UUID orgId) {
        return push(Caller.of(role, orgId), role, 3, false);
    }

    /** A user of whom this service knows only what the token says: the copy has not arrived yet. */
    public static Caller signedUp(String role, UUID orgId, int maxAgents) {
        var id = UUID.randomUUID();
        var claims = TestIssuer.claims(id.toString(), role, "switchboard", more -> {
            more.put("org_id", orgId.toString());
            more.put("tier", "free");
            more.put("max_agents", maxAgents);
            more.put("monthly_token_quota", 100_000);
        });
        return Caller.with(orgId, id, Caller.issuer().sign(claims));
    }

    static Caller push(Caller user, String role, int maxAgents, boolean isActive) {
        var form = Map.of(
                "name",
                "Ada",
                "email",
                user.id() + "@example.com",
                "role",
                role,
                "isActive",
                isActive,
                "maxAgents",
                maxAgents,
                "version",
                1);
        Caller.service("auth-service", user.orgId())
                .put("/internal/members/" + user.id(), form)
                .then()
                .statusCode(204);
        return user;
    }

    /** @return the id */
    public static String createAgent(Caller owner, String name) {
        var made = owner.post(AGENTS, Map.of("name", name));
        made.then().statusCode(201);
        return made.path("id");
    }

    /** The statuses of creates at the same time. */
    static List<Integer> createAtOnce(Caller owner, int creates) {
        var callers = Executors.newFixedThreadPool(creates);
        try {
            var answers = IntStream.range(0, creates)
                    .mapToObj(i -> supplyAsync(() -> owner.post(AGENTS, Map.of("name", "Agent " + i)), callers))
                    .toList();
            return answers.stream()
                    .map(CompletableFuture::join)
                    .map(Response::statusCode)
                    .sorted()
                    .toList();
        } finally {
            callers.shutdown();
        }
    }

    static Map<String, Object> form(String field, Object value) {
        var form = new HashMap<String, Object>(Map.of("name", "Front desk"));
        form.put(field, value);
        return form;
    }
}
