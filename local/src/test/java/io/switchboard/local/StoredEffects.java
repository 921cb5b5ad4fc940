package io.switchboard.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** What deliveries have left behind in the services' tables, where lists over HTTP would have too many pages. */
record StoredEffects(RunningSuite running, String orgId) {

    /** Events that are not at their end. */
    int waiting() {
        return Integer.parseInt(column("select count(*) from voice.processed_webhook_events"
                        + " where org_id = :org and status in ('pending', 'running')")
                .get(0));
    }

    List<String> reasonsOfDead() {
        return column("select error from voice.processed_webhook_events where org_id = :org and status = 'dead'");
    }

    List<String> statuses() {
        return column("select distinct status from voice.processed_webhook_events where org_id = :org");
    }

    /**
     * Each acknowledged delivery is an event, each call is there once and counted once, and each caller has one contact and one
     * notification of a missed call.
     */
    void cameOnce(Collection<TestCall> calls, int acknowledged) {
        assertEquals(
                List.of(Integer.toString(acknowledged)),
                column("select count(*) from voice.processed_webhook_events where org_id = :org"));
        assertEquals(
                sorted(calls, call -> Stream.of(call.vapiId + " 4", call.twilioSid + " 1")),
                column("select call_key || ' ' || count(*) from voice.processed_webhook_events"
                        + " where org_id = :org group by call_key"));
        assertEquals(
                sorted(calls, call -> Stream.of(call.vapiId + " ended", call.twilioSid + " ended")),
                column("select provider_call_id || ' ' || status from voice.call_logs where org_id = :org"));
        assertEquals(
                List.of(2 * calls.size() + " calls, " + calls.size() + " missed"),
                column("select sum(calls) || ' calls, ' || sum(missed) || ' missed' from voice.call_analytics"
                        + " where org_id = :org"));
        assertEquals(
                sorted(calls, call -> Stream.of(call.caller)),
                column("select phone from crm.contacts where org_id = :org"));
        assertEquals(
                sorted(calls, call -> Stream.of(call.twilioSid)),
                column(
                        "select coalesce(c.provider_call_id, n.title) from crm.notifications n left join voice.call_logs c"
                                + " on c.org_id = n.org_id and c.id = n.related_id where n.org_id = :org"));
    }

    private static List<String> sorted(Collection<TestCall> calls, Function<TestCall, Stream<String>> of) {
        return calls.stream().flatMap(of).sorted().toList();
    }

    /** In order. */
    private List<String> column(String query) {
        return running.column(query.replace(":org", "'" + orgId + "'")).stream()
                .sorted()
                .toList();
    }
}
