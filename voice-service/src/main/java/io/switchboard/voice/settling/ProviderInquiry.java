package io.switchboard.voice.settling;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.work.WorkPostponed;
import io.switchboard.voice.provider.OutcomeLookup;
import io.switchboard.voice.provider.ProviderRequest;
import io.switchboard.voice.provider.Providers;
import io.switchboard.voice.providerapi.KeysInTurn;
import io.switchboard.voice.providerapi.ProviderApi;
import io.switchboard.voice.signature.DeliveryLimits;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Asks a call's provider what became of it. */
@ApplicationScoped
class ProviderInquiry {
    private static final int NOT_FOUND = 404;
    private static final int AWAY = 503;
    private static final Duration LATER = Duration.ofMinutes(1);

    private final Providers providers;
    private final KeysInTurn keys;
    private final ProviderApi api;

    ProviderInquiry(Providers providers, KeysInTurn keys, ProviderApi api) {
        this.providers = providers;
        this.keys = keys;
        this.api = api;
    }

    /**
     * Answers the provider's JSON. Fails with {@code call_not_found}, also where the provider cannot be asked, with
     * {@code provider_key_missing}, {@code provider_key_refused}, {@code provider_failed} or {@code unavailable}; and with
     * {@link WorkPostponed} while auth-service gives no keys, which says nothing of the provider. Never inside a transaction.
     */
    Uni<Buffer> ask(CallerContext caller, StuckCall call) {
        var provider = providers.named(call.provider());
        var lookup = provider == null ? null : provider.outcomes();
        return lookup == null
                ? Uni.createFrom().failure(notFound())
                : Uni.createFrom().deferred(() -> ask(caller, call, lookup));
    }

    private Uni<Buffer> ask(CallerContext caller, StuckCall call, OutcomeLookup lookup) {
        var told = new AtomicReference<Throwable>(); // by the provider
        return keys.ask(caller, call.provider(), call.ownerId(), key -> first(
                                lookup.find(call.providerCallId(), call.otherIds(), key))
                        .onFailure()
                        .invoke(told::set))
                .onFailure(failure -> failure != told.get() && hasStatus(failure, AWAY))
                .transform(failure -> new WorkPostponed("auth-service gives no API keys", LATER));
    }

    /** The answer of the first place that has the call. */
    private Uni<Buffer> first(List<ProviderRequest> places) {
        return places.isEmpty()
                ? Uni.createFrom().failure(notFound())
                : api.json(places.get(0), "call", DeliveryLimits.MOST_BYTES)
                        .onFailure(failure -> hasStatus(failure, NOT_FOUND))
                        .recoverWithUni(() -> first(places.subList(1, places.size())));
    }

    private static boolean hasStatus(Throwable failure, int status) {
        return failure instanceof Problem problem && problem.status() == status;
    }

    private static Problem notFound() {
        return Problem.notFound("call", null);
    }
}
