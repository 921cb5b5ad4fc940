package io.switchboard.voice.call;

import static java.time.Duration.ofMinutes;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Sql;
import io.switchboard.voice.Front;
import io.switchboard.voice.VoiceProfile;
import io.switchboard.voice.provider.Fixtures;
import io.switchboard.voice.provider.Provider;
import io.switchboard.voice.provider.SignedDelivery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** All samples of all providers arrive at one organization, each twice, several at once: what is stored is the same in any order. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class SamplesInAnyOrderTest {
    private static final int SHUFFLES = 50;
    private static final int AT_ONCE = 8;

    private static final List<String> FILES = Fixtures.providers().stream()
            .map(Provider::name)
            .flatMap(provider -> Fixtures.files(provider).stream())
            .toList();

    /** Without what depends on when it arrived, and what crm-service answered. */
    private static final String CALLS = """
            select 'call ' || (to_jsonb(c) - array['org_id', 'id', 'head_id', 'contact_id', 'created_at', 'updated_at', 'version',
                    'local_day', 'local_hour', 'started_at', 'evidence'])::text
                || (c.evidence - 'missedCallTold')::text || case when (c.evidence ->> 'startedAt')::int > 0 then c.started_at::text else '' end
                || ' leg of ' || coalesce((
                    select h.provider || ' ' || h.provider_call_id from call_logs h where h.org_id = c.org_id and h.id = c.head_id), '')
                || ' said ' || coalesce((
                    select t.transcript || t.weight from call_transcripts t where t.org_id = c.org_id and t.call_id = c.id), '')
                || ' talk ' || coalesce((
                    select t.transcript || t.weight from call_talks t where t.org_id = c.org_id and t.call_id = c.id), '')
                || ' fragments ' || coalesce((
                    select string_agg(f.key || f.said, ', ' order by f.key) from call_fragments f
                    where f.org_id = c.org_id and f.call_id = c.id), '')
                || ' goes by ' || coalesce((
                    select string_agg(k.provider || ' ' || k.key, ', ' order by k.provider, k.key) from call_keys k
                    where k.org_id = c.org_id and k.call_id = c.id), '')
            from call_logs c where c.org_id = '%1$s'
            union all
            select 'figures ' || case when a.local_day < current_date - 2 then (to_jsonb(a) - 'org_id')::text
                else 'of today ' || (to_jsonb(a) - array['org_id', 'local_day', 'by_hour'])::text end
            from call_analytics a where a.org_id = '%1$s'
            union all
            select 'breakdown ' || case when b.local_day < current_date - 2 then (to_jsonb(b) - 'org_id')::text
                else 'of today ' || (to_jsonb(b) - array['org_id', 'local_day'])::text end
            from call_breakdowns b where b.org_id = '%1$s'
            order by 1""";

    private static final String WAITING =
            "select count(*) from processed_webhook_events where org_id = '%s' and status <> 'done'";

    @Test
    void all_samples_twice_in_any_order_leave_equal_rows() throws Exception {
        var senders = Executors.newFixedThreadPool(AT_ONCE);
        var orgs = new ArrayList<Caller>();
        for (int shuffle = 0; shuffle < SHUFFLES; shuffle++) {
            var org = Caller.adminOfNewOrg();
            orgs.add(org);
            var sent = senders.invokeAll(deliveries(org, new Random(shuffle)));
            for (var delivery : sent) {
                assertEquals(200, delivery.get());
            }
        }
        senders.shutdown();
        var shapes = new HashMap<List<String>, Integer>();
        for (int shuffle = 0; shuffle < SHUFFLES; shuffle++) {
            var org = orgs.get(shuffle).orgId();
            await().atMost(ofMinutes(1)).until(() -> Sql.superuser().number(WAITING.formatted(org)) == 0);
            shapes.putIfAbsent(Sql.superuser().column(CALLS.formatted(org)), shuffle);
        }
        assertEquals(1, shapes.size(), () -> differences(shapes));
        var rows = shapes.keySet().iterator().next();
        for (var part : List.of("call .*leg of \\w+ .*", "figures .*", "breakdown .*")) {
            assertTrue(rows.stream().anyMatch(row -> row.replace('\n', ' ').matches(part)), part);
        }
    }

    private static List<Callable<Integer>> deliveries(Caller org, Random random) {
        Map<String, Front> fronts = new HashMap<>();
        for (var provider : Fixtures.providers()) {
            fronts.put(provider.name(), Front.of(org, provider.name(), SignedDelivery.secret(provider.name())));
        }
        var deliveries = new ArrayList<Callable<Integer>>();
        for (var file : FILES) {
            Callable<Integer> delivery = () -> send(fronts.get(file.substring(0, file.indexOf('/'))), file);
            deliveries.add(delivery);
            deliveries.add(delivery);
        }
        Collections.shuffle(deliveries, random);
        return deliveries;
    }

    /** A text file is the query of a GET. */
    private static int send(Front front, String file) {
        if (file.endsWith(".txt")) {
            return front.vonageGet(Fixtures.text(file)).statusCode();
        }
        var mediaType = file.endsWith(".form") ? SignedDelivery.FORM : "application/json";
        var signed = SignedDelivery.of(front, mediaType, Fixtures.bytes(file));
        return front.send(signed.query(), signed.headers(), signed.body()).join();
    }

    private static String differences(Map<List<String>, Integer> shapes) {
        var text = new StringBuilder(shapes.size() + " shapes\n");
        var first = shapes.keySet().iterator().next();
        shapes.forEach((rows, shuffle) -> {
            text.append("shuffle ").append(shuffle).append('\n');
            rows.stream()
                    .filter(row -> !first.contains(row))
                    .forEach(row -> text.append("  ").append(row).append('\n'));
            first.stream()
                    .filter(row -> !rows.contains(row))
                    .forEach(row -> text.append("  not ").append(row).append('\n'));
        });
        return text.toString();
    }
}
