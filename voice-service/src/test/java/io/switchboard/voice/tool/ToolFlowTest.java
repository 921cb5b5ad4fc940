package io.switchboard.voice.tool;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Sql;
import io.switchboard.voice.Front;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.VoiceProfile;
import io.switchboard.voice.call.Regions;
import io.switchboard.voice.livecall.AnswerRequest.ToolCall;
import io.switchboard.voice.livecall.LiveCall;
import io.switchboard.voice.provider.Fixtures;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tool calls of Vapi's assistants, from the delivery to what the call shows. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class ToolFlowTest {
    private static final String BOOKED =
            "{\"result\": \"Booked: Cleaning.\", \"data\": {\"appointmentId\": \"0198f2c4\", \"notes\": \"a\\nb\"}}";
    private static final String SAID = "Booked: Cleaning. {\"appointmentId\":\"0198f2c4\",\"notes\":\"a\\nb\"}";

    private final Caller acme = Caller.adminOfNewOrg();
    private VapiTools tools;

    @Inject
    LiveTools live;

    @Inject
    Regions regions;

    @BeforeEach
    void openEndpoint() {
        tools = new VapiTools(Front.of(acme, "vapi"), SampleCall.create());
        tools.crmAnswers("book_appointment", 200, BOOKED);
    }

    @Test
    void a_result_is_one_line_with_the_ids_that_other_tools_need() {
        tools.use("t1", "book_appointment", tools.booking())
                .then()
                .statusCode(200)
                .body("results", hasSize(1))
                .body("results[0].toolCallId", is("t1"))
                .body("results[0].name", is("book_appointment"))
                .body("results[0].result", is(SAID));
        var asked = tools.askedOfCrm("book_appointment").get(0);
        assertEquals("vapi:" + tools.call().id() + ":t1", asked.getString("idempotencyKey"));
        assertEquals(tools.call().caller(), new JsonObject(asked.getString("body")).getString("phone"));
    }

    @Test
    void thirty_deliveries_of_a_tool_call_do_its_work_once() {
        tools.crmAnswersAfter(300, "book_appointment", BOOKED);
        var answers = atOnce(
                30, n -> tools.use("t1", "book_appointment", tools.booking()).asString());
        assertEquals(1, Set.copyOf(answers).size(), answers.toString());
        assertEquals(1, tools.askedOfCrm("book_appointment").size());
        var other = tools.booking().put("durationMinutes", 60);
        assertEquals(answers.get(0), tools.use("t1", "book_appointment", other).asString());
        assertEquals(1, tools.askedOfCrm("book_appointment").size());
    }

    @Test
    void the_same_booking_under_other_ids_is_done_once_in_a_call() {
        tools.crmAnswersAfter(300, "book_appointment", BOOKED);
        var answers = atOnce(
                3, n -> tools.use("t" + n, "book_appointment", tools.booking()).<String>path("results[0].result"));
        assertEquals(List.of(SAID, SAID, SAID), answers);
        assertEquals(1, tools.askedOfCrm("book_appointment").size());
        new VapiTools(
                        tools.front(),
                        new SampleCall(
                                "another-" + tools.call().id(), tools.call().caller()))
                .use("t1", "book_appointment", tools.booking());
        assertEquals(2, tools.askedOfCrm("book_appointment").size());
    }

    @Test
    void what_was_cancelled_is_booked_again() {
        tools.crmAnswers("cancel_appointment", 200, "{\"result\": \"Cancelled.\"}");
        tools.use("t1", "book_appointment", tools.booking());
        tools.use(
                        "t2",
                        "cancel_appointment",
                        new JsonObject().put("appointmentId", tools.call().caller()))
                .then()
                .body("results[0].result", is("Cancelled."));
        tools.use("t3", "book_appointment", tools.booking());
        assertEquals(2, tools.askedOfCrm("book_appointment").size());
    }

    @ParameterizedTest
    @CsvSource({"500, {}", "404, {}", "429, {}", "200, {}", "200, ''"})
    void while_crm_service_is_away_a_sentence_is_said_and_the_next_try_succeeds(int status, String body) {
        tools.crmAnswers("book_appointment", status, body);
        tools.use("t1", "book_appointment", tools.booking())
                .then()
                .statusCode(200)
                .body("results[0].error", is("I can't do that right now. Please try again in a moment."))
                .body("results[0].result", nullValue());
        tools.crmAnswers("book_appointment", 200, BOOKED);
        tools.use("t1", "book_appointment", tools.booking().put("durationMinutes", 60))
                .then()
                .body("results[0].result", is(SAID));
        var asked = new JsonObject(tools.askedOfCrm("book_appointment").get(0).getString("body"));
        assertEquals(30, asked.getInteger("durationMinutes"), "a key has one body");
    }

    @Test
    void a_late_answer_is_kept_for_the_next_delivery() {
        tools.crmAnswersAfter(1_400, "book_appointment", BOOKED);
        var two = List.of(
                VapiTools.toolCall("t1", "book_appointment", tools.booking()),
                VapiTools.toolCall("t2", "book_appointment", tools.booking().put("serviceType", "Filling")));
        tools.deliver(two)
                .then()
                .statusCode(200)
                .body("results[0].result", is(SAID))
                .body("results[1].error", startsWith("I can't do that right now."));
        tools.deliver(two).then().body("results.result", contains(SAID, SAID));
        assertEquals(2, tools.askedOfCrm("book_appointment").size());
    }

    @Test
    void a_delivery_waits_for_the_work_of_another_replica() {
        var other = Sql.app(acme.orgId(), acme.id(), "service");
        var begun = other.row("select run_id, run_lease from begin_tool_call('vapi', '"
                + tools.call().id() + "', 't1', 'book_appointment', '{}', null, null, null)");
        var waiting = CompletableFuture.supplyAsync(
                () -> tools.use("t1", "book_appointment", tools.booking()).<String>path("results[0].result"));
        other.value("select finish_tool_call('%s', '%s', 'Booked elsewhere.', null, 1, '{}')::text"
                .formatted(begun.get("run_id"), begun.get("run_lease")));
        assertEquals("Booked elsewhere.", waiting.join());
        assertEquals(0, tools.askedOfCrm("book_appointment").size());
    }

    @Test
    void a_delivery_that_joined_one_with_less_time_left_asks_once_more() {
        var caller = CallerContext.Value.service(acme.orgId(), "voice-service", Origin.worker());
        var other = Sql.app(acme.orgId(), acme.id(), "service");
        var begun = other.row("select run_id, run_lease from begin_tool_call('vapi', '"
                + tools.call().id() + "', 't1', 'book_appointment', '{}', null, null, null)");
        regions.of(caller).await().indefinitely();
        var first = use(caller, Duration.ofMillis(300));
        var second = use(caller, Duration.ofSeconds(30));
        assertInstanceOf(
                TimeoutException.class,
                assertThrows(CompletionException.class, first::join).getCause());
        other.value("select finish_tool_call('%s', '%s', 'Booked elsewhere.', null, 1, '{}')::text"
                .formatted(begun.get("run_id"), begun.get("run_lease")));
        assertEquals("Booked elsewhere.", second.join().result());
    }

    private CompletableFuture<ToolText> use(CallerContext caller, Duration left) {
        var use = new ToolCall("t1", "book_appointment", new ObjectMapper().createObjectNode());
        var call = new LiveCall(tools.call().id(), null, null, null);
        return live.use(caller, Fixtures.provider("vapi"), call, use, System.nanoTime() + left.toNanos())
                .subscribeAsCompletionStage();
    }

    @Test
    void without_a_call_a_tool_call_has_a_key_all_the_same() {
        var message = new JsonObject()
                .put("type", "tool-calls")
                .put(
                        "toolCallList",
                        new JsonArray().add(VapiTools.toolCall("t1", "book_appointment", tools.booking())));
        tools.front()
                .vapi(new JsonObject().put("message", message).encode())
                .then()
                .body("results[0].result", is(SAID));
        assertEquals("vapi::t1", tools.askedOfCrm("book_appointment").get(0).getString("idempotencyKey"));
    }

    @Test
    void what_crm_service_refuses_is_said_and_kept() {
        tools.crmAnswers(
                "book_appointment", 200, "{\"error\": \"I need the\\nday.\", \"data\": {\"alternatives\": []}}");
        tools.use("t1", "book_appointment", tools.booking()).then().body("results[0].error", is("I need the day."));
        tools.crmAnswers("book_appointment", 200, BOOKED);
        tools.use("t1", "book_appointment", tools.booking()).then().body("results[0].error", is("I need the day."));
        tools.use("t2", "book_appointment", tools.booking()).then().body("results[0].result", is(SAID));
    }

    @Test
    void odd_tool_calls_are_answered_in_words() {
        var odd = List.of(
                VapiTools.toolCall("t1", "launch_rocket", new JsonObject()),
                new JsonObject().put("id", "t2").put("name", "book_appointment").put("arguments", "not an object"),
                VapiTools.toolCall("t3", "book_appointment", new JsonObject().put("a", "x".repeat(20_000))));
        tools.deliver(odd)
                .then()
                .statusCode(200)
                .body("results.toolCallId", contains("t1", "t2", "t3"))
                .body("results[0].error", is("I don't have that tool."))
                .body("results[1].error", startsWith("I could not read"))
                .body("results[2].error", startsWith("I could not read"));
        assertEquals(0, tools.askedOfCrm("launch_rocket").size());
    }

    @Test
    void an_agent_uses_only_the_tools_that_it_is_allowed() {
        Sql.superuser()
                .withoutTriggers()
                .run(
                        "insert into agents (org_id, owner_id, name, provider, provider_assistant_id, allowed_tools) values ('"
                                + acme.orgId() + "', '" + acme.id() + "', 'Front desk', 'vapi', 'asst-"
                                + tools.call().id()
                                + "', '{lookup_contact}')");
        tools.use("t1", "book_appointment", tools.booking())
                .then()
                .statusCode(200)
                .body("results[0].error", is("I am not allowed to do that."));
        assertEquals(0, tools.askedOfCrm("book_appointment").size());
    }

    private static <T> List<T> atOnce(int times, IntFunction<T> work) {
        var threads = Executors.newFixedThreadPool(times);
        try {
            var running = IntStream.range(0, times)
                    .mapToObj(n -> CompletableFuture.supplyAsync(() -> work.apply(n), threads))
                    .toList();
            return running.stream().map(CompletableFuture::join).collect(Collectors.toList());
        } finally {
            threads.shutdown();
        }
    }
}
