package io.switchboard.voice.inbox;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.voice.provider.RawEvent;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;

/** Keeps what providers' APIs answer about calls as events of these: so they are applied in turn with those that providers send. */
public final class ProviderAnswers {
    private static final String RECORD = "select record_provider_answer($1, $2, $3, $4, $5, $6)";

    private ProviderAnswers() {}

    /**
     * In the caller's transaction.
     *
     * @param callId the provider's id of the call
     * @param number the same for an answer that is recorded again
     */
    public static Uni<Void> record(Statements statements, String provider, String callId, int number, Buffer answer) {
        var name = callId + ":" + RawEvent.SETTLED + ":" + number;
        var args = Tuple.of(provider, callId, name, RawEvent.SETTLED, RawEvent.SETTLED_REVISION, answer);
        return statements.run(RECORD, args).replaceWithVoid();
    }
}
