package io.switchboard.voice.call;

import io.smallrye.mutiny.Uni;
import io.switchboard.voice.inbox.Claim;
import io.switchboard.voice.inbox.EventHandler;
import io.switchboard.voice.provider.Providers;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Applies events to their call, and sends crm-service what follows from them. */
@ApplicationScoped
class CallEventHandler implements EventHandler {
    private final Providers providers;
    private final CrmClient crm;
    private final MissedCalls missed;
    private final EffectsJson effects;
    private final Regions regions;
    private final TranslationPool translations;

    CallEventHandler(
            Providers providers,
            CrmClient crm,
            MissedCalls missed,
            EffectsJson effects,
            Regions regions,
            TranslationPool translations) {
        this.providers = providers;
        this.crm = crm;
        this.missed = missed;
        this.effects = effects;
        this.regions = regions;
        this.translations = translations;
    }

    @Override
    public Uni<Application> prepare(Claim claim) {
        return regions.of(claim.caller())
                .map(region -> new CallApplication(claim, region, providers, effects, translations));
    }

    @Override
    public Uni<Changes> send(Claim claim, String kept) {
        return due(claim, effects.read(kept))
                .chain(due -> crm.send(claim.caller(), due))
                .map(contactId -> link(claim, contactId));
    }

    private Uni<List<Effect>> due(Claim claim, List<Effect> owed) {
        return claim.applied()
                ? missed.stillTrue(claim.caller(), owed)
                : Uni.createFrom().item(owed);
    }

    private static Changes link(Claim claim, @Nullable UUID contactId) {
        return contactId == null || claim.callKey() == null
                ? Changes.NONE
                : statements -> CallLogs.link(statements, claim.provider(), claim.callKey(), contactId);
    }
}
