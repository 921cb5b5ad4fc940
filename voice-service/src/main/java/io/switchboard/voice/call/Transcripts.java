package io.switchboard.voice.call;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.EnumParam;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.voice.callevent.CallState;
import io.switchboard.voice.callevent.TranscriptFragment;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes what was said in the worker's transaction, apart from the calls. While a call goes on, its talk is told again and again, or in
 * fragments: neither changes the transcript, nor the index of its words, before the call is over.
 */
final class Transcripts {
    private static final String TALK = "insert into call_talks as t (org_id, call_id, transcript, weight)"
            + " values ($1, $2, $3, $4) on conflict (org_id, call_id) do update"
            + " set transcript = excluded.transcript, weight = excluded.weight"
            + " where t.weight < excluded.weight"
            + " or t.weight = excluded.weight and excluded.transcript collate \"C\" < t.transcript collate \"C\"";
    private static final String SAVE = "select save_transcript($1, $2, $3)";
    private static final String SETTLE = "select settle_transcript($1)";
    private static final String FRAGMENTS = "insert into call_fragments"
            + " (org_id, call_id, key, speaker, said, sequence, said_at)"
            + " select $1::uuid, $2::uuid, f.key, f.speaker, f.said, f.sequence, f.said_at"
            + " from unnest($3::text[], $4::text[], $5::text[], $6::int[], $7::timestamptz[])"
            + " as f (key, speaker, said, sequence, said_at) on conflict do nothing";

    private Transcripts() {}

    /** After the call itself is saved. */
    static Uni<Void> save(
            Statements statements,
            CallerContext caller,
            @Nullable Call before,
            Call after,
            List<TranscriptFragment> fragments) {
        var told = after.transcript();
        var steps = new ArrayList<Uni<Void>>();
        if (!fragments.isEmpty()) {
            steps.add(run(statements, FRAGMENTS, values(caller, after.id(), fragments)));
        }
        if (told != null && isOver(after)) {
            steps.add(run(statements, SAVE, Tuple.of(after.id(), told.text(), told.weight())));
        } else if (told != null) {
            steps.add(run(statements, TALK, Tuple.of(caller.orgId(), after.id(), told.text(), told.weight())));
        }
        if (isOver(after) && (before == null || !isOver(before) || !fragments.isEmpty())) {
            steps.add(run(statements, SETTLE, Tuple.of(after.id())));
        }
        return steps.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.join().all(steps).andFailFast().replaceWithVoid();
    }

    private static Uni<Void> run(Statements statements, String sql, Tuple args) {
        return statements.run(sql, args).replaceWithVoid();
    }

    private static Tuple values(CallerContext caller, UUID callId, List<TranscriptFragment> fragments) {
        return Tuple.of(
                        caller.orgId(),
                        callId,
                        each(fragments, TranscriptFragment::key, String[]::new),
                        each(fragments, fragment -> EnumParam.wire(fragment.speaker()), String[]::new),
                        each(fragments, TranscriptFragment::text, String[]::new),
                        each(fragments, TranscriptFragment::sequence, Integer[]::new))
                .addValue(each(fragments, fragment -> fragment.at().atOffset(ZoneOffset.UTC), OffsetDateTime[]::new));
    }

    private static <T> T[] each(
            List<TranscriptFragment> fragments, Function<TranscriptFragment, T> part, IntFunction<T[]> array) {
        return fragments.stream().map(part).toArray(array);
    }

    private static boolean isOver(Call call) {
        return call.state() == CallState.ENDED;
    }
}
