package io.switchboard.voice.call;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.voice.call.Effect.CallMissed;
import io.switchboard.voice.inbox.EventOutcome;
import io.switchboard.voice.provider.Providers;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;

/**
 * The word of the voice platform that a number belongs to. What its carrier calls a missed call may be one that the platform answered, or
 * tells of a moment later: so the carrier's word has its effects only once the platform has had time to tell.
 */
final class PlatformWord {
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final String PROVIDER = "select provider_of_number($1) as provider";

    private PlatformWord() {}

    /**
     * The outcome with the wait that it needs.
     *
     * @param head of the call, as it is from now on
     * @param effects of this change; those that were owed before have waited
     */
    static Uni<EventOutcome> postpone(
            Statements statements, Providers providers, Call head, List<Effect> effects, EventOutcome outcome) {
        return effects.stream().noneMatch(CallMissed.class::isInstance)
                        || head.toE164() == null
                        || providers.isVoicePlatform(head.provider())
                ? Uni.createFrom().item(outcome)
                : statements
                        .first(PROVIDER, Tuple.of(head.toE164()), row -> row.getString("provider"))
                        .map(provider -> provider != null && providers.isVoicePlatform(provider)
                                ? outcome.effectsAfter(WAIT)
                                : outcome);
    }
}
