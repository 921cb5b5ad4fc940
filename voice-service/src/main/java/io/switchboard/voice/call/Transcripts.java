package io.switchboard.voice.call;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.voice.provider.CallState;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes transcripts in the worker's transaction, apart from their calls: a long talk is told again and again. Their words enter
 * the index once the call is over.
 */
final class Transcripts {
    private static final String SAVE = "insert into call_transcripts as t (org_id, call_id, transcript, weight, words)"
            + " values ($1, $2, $3, $4, case when $5 then transcript_words($3) end)"
            + " on conflict (org_id, call_id) do update"
            + " set transcript = excluded.transcript, weight = excluded.weight, words = excluded.words"
            + " where t.weight < excluded.weight"
            + " or t.weight = excluded.weight and excluded.transcript collate \"C\" < t.transcript collate \"C\"";
    private static final String INDEX = "update call_transcripts set words = transcript_words(transcript)"
            + " where org_id = $1 and call_id = $2 and words is null";

    private Transcripts() {}

    /** After the call itself is saved. */
    static Uni<Void> save(Statements statements, CallerContext caller, @Nullable Call before, Call after) {
        var told = after.transcript();
        Uni<Void> saved = told == null
                ? Uni.createFrom().voidItem()
                : statements
                        .run(SAVE, Tuple.of(caller.orgId(), after.id(), told.text(), told.weight(), isOver(after)))
                        .replaceWithVoid();
        return before != null && !isOver(before) && isOver(after)
                ? saved.chain(() -> index(statements, caller, after.id()))
                : saved;
    }

    private static Uni<Void> index(Statements statements, CallerContext caller, UUID callId) {
        return statements.run(INDEX, Tuple.of(caller.orgId(), callId)).replaceWithVoid();
    }

    private static boolean isOver(Call call) {
        return call.state() == CallState.ENDED;
    }
}
