package io.switchboard.voice.agent;

import static io.switchboard.voice.agent.Owners.AGENTS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Scenario;
import io.switchboard.voice.VoiceProfile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Whatever is edited and restored in whatever order: a version is what the agent was, and restoring it makes the agent that. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class AgentVersionScenarioTest {
    private static final int STEPS = 8;

    private static final Map<String, List<?>> VALUES = new TreeMap<>(Map.of(
            "name", List.of("Front desk", "Back office"),
            "systemPrompt", Arrays.asList(null, "You are the front desk.", "You take orders."),
            "firstMessage", Arrays.asList(null, "Hello.", "Good evening."),
            "voice", Arrays.asList(null, "alloy", "openai/echo"),
            "maxCallDuration", List.of(60, 600),
            "providerAssistantId", Arrays.asList(null, "a1", "a2"),
            "allowedTools", List.of(new JsonArray().add("open_ticket"), new JsonArray())));

    @Test
    void a_restored_version_is_what_it_was() {
        Scenario.run(run -> new Studio(run).play());
    }

    /** What is expected of a version. */
    private record Expected(JsonObject content, List<String> changed, Integer restoredFrom) {}

    /** One agent with the versions that it is to have. */
    private static final class Studio {
        private final Scenario run;
        private final Caller owner = Owners.signedUp("user", UUID.randomUUID(), 1);
        private final List<Expected> versions = new ArrayList<>();
        private final String path;
        private String status = "active";

        Studio(Scenario run) {
            this.run = run;
            var content = new JsonObject();
            VALUES.keySet().forEach(field -> content.put(field, run.oneOf(VALUES.get(field))));
            versions.add(new Expected(content, List.of(), null));
            var made = owner.post(AGENTS, content.encode());
            made.then().statusCode(201);
            path = AGENTS + "/" + made.path("id");
        }

        void play() {
            for (int i = 0; i < STEPS; i++) {
                run.oneOf(List.<Runnable>of(this::edit, this::edit, this::restore, this::change))
                        .run();
            }
            checkVersions();
        }

        private JsonObject now() {
            return versions.get(versions.size() - 1).content();
        }

        private void edit() {
            var patch = new JsonObject();
            VALUES.forEach((field, values) -> {
                if (run.chance(30)) {
                    patch.put(field, run.oneOf(values));
                }
            });
            run.step("edits " + patch, () -> {
                var next = now().copy().mergeIn(patch);
                var changed = changed(next);
                if (!changed.isEmpty()) {
                    versions.add(new Expected(next, changed, null));
                }
                check(owner.patch(path, patch.encode()));
            });
        }

        private void change() {
            status = run.oneOf(List.of("draft", "active", "paused"));
            run.step("becomes " + status, () -> check(owner.patch(path, Map.of("status", status))));
        }

        private void restore() {
            var n = 1 + run.below(versions.size());
            run.step("restores " + n, () -> {
                var next = versions.get(n - 1).content();
                versions.add(new Expected(next, changed(next), n));
                check(owner.post(path + "/versions/" + n + "/restore", Map.of()));
            });
        }

        private List<String> changed(JsonObject next) {
            return VALUES.keySet().stream()
                    .filter(field -> !Objects.equals(now().getValue(field), next.getValue(field)))
                    .toList();
        }

        private void check(Response answer) {
            assertEquals(200, answer.statusCode(), answer.asString());
            var agent = new JsonObject(answer.asString());
            assertEquals(now(), content(agent));
            assertEquals(versions.size(), agent.getInteger("version"));
            assertEquals(status, agent.getString("status"));
            assertEquals(agent, new JsonObject(owner.get(path).asString()));
        }

        private void checkVersions() {
            var items = new JsonObject(owner.get(path + "/versions").asString()).getJsonArray("items");
            assertEquals(versions.size(), items.size());
            for (int i = 0; i < items.size(); i++) {
                var item = items.getJsonObject(i);
                var number = versions.size() - i;
                var expected = versions.get(number - 1);
                assertEquals(number, item.getInteger("version"));
                assertEquals(expected.content(), content(item));
                assertEquals(new JsonArray(expected.changed()), item.getJsonArray("changed"));
                assertEquals(expected.restoredFrom(), item.getInteger("restoredFrom"));
                assertEquals(owner.id().toString(), item.getString("changedBy"));
            }
        }

        private static JsonObject content(JsonObject shown) {
            var content = new JsonObject();
            VALUES.keySet().forEach(field -> content.put(field, shown.getValue(field)));
            return content;
        }
    }
}
