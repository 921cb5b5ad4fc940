package io.switchboard.voice.settling;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import io.restassured.response.ValidatableResponse;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Sql;
import io.switchboard.voice.Crm;
import io.switchboard.voice.Front;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.call.Settled;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** A call of Vapi's that began and never ended. */
record StuckCallCase(Caller admin, SampleCall call, Front front, String id) {
    /** It is talked on. */
    static StuckCallCase begin(Caller admin) {
        var call = SampleCall.create();
        var front = Front.of(admin, "vapi");
        front.vapi(call.vapi("status-update-in-progress")).then().statusCode(200);
        Settled.all(admin);
        return new StuckCallCase(admin, call, front, admin.get("/api/calls").path("items[0].id"));
    }

    /** Its longest duration is over. */
    StuckCallCase comeDue() {
        Sql.superuser()
                .run("insert into calls_to_settle (org_id, call_id, due_at) values ('" + admin.orgId() + "', '" + id
                        + "', now())");
        return this;
    }

    /** The wait until the next try is over. */
    void tryAgain() {
        Sql.superuser()
                .run("update work set next_attempt_at = now() where lease is null and state = 'pending' and org_id = '"
                        + admin.orgId() + "'");
    }

    void report() {
        front.vapi(call.vapi("end-of-call-report")).then().statusCode(200);
        Settled.all(admin);
    }

    String path() {
        return "/call/" + call.id();
    }

    /** As Vapi's API shows a call that is over. */
    String ended() {
        return new JsonObject()
                .put("id", call.id())
                .put("type", "inboundPhoneCall")
                .put("status", "ended")
                .put("endedReason", "customer-ended-call")
                .put("createdAt", "2026-06-01T13:00:00.000Z")
                .put("startedAt", "2026-06-01T13:00:05.000Z")
                .put("endedAt", "2026-06-01T13:01:05.000Z")
                .put("cost", 0.25)
                .put("analysis", Map.of("summary", "As the API tells it."))
                .put("artifact", Map.of("transcript", "AI: Hello.\nUser: Goodbye."))
                .encode();
    }

    String goesOn() {
        return new JsonObject()
                .put("id", call.id())
                .put("status", "in-progress")
                .put("startedAt", "2026-06-01T13:00:05.000Z")
                .encode();
    }

    ValidatableResponse awaitStatus(String status) {
        await().untilAsserted(() -> admin.get("/api/calls/{id}", id).then().body("status", is(status)));
        return admin.get("/api/calls/{id}", id).then();
    }

    /** Whether work on it is over, with its result; null while it is not. */
    String result() {
        return Sql.superuser()
                .column("select coalesce(result::text, 'none') from work where state = 'done' and kind = 'settle_call'"
                        + " and org_id = '" + admin.orgId() + "'")
                .stream()
                .findFirst()
                .orElse(null);
    }

    void awaitResult(String containing) {
        await().until(this::result, result -> result != null && result.contains(containing));
    }

    /** How the piece of work is; nothing was tried where there is none yet. */
    Map<String, String> work() {
        var ofCall = " from work where kind = 'settle_call' and org_id = '" + admin.orgId() + "'";
        return Sql.superuser().number("select count(*)" + ofCall) == 0
                ? Map.of("attempts", "0")
                : Sql.superuser().row("select attempts, progress, error, lease" + ofCall);
    }

    List<JsonObject> alerts() {
        return Crm.notifications(id).stream()
                .filter(sent -> sent.getString("body").contains("system_alert"))
                .toList();
    }
}
