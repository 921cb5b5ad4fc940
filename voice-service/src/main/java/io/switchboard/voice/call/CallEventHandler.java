package io.switchboard.voice.call;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.voice.inbox.Claim;
import io.switchboard.voice.inbox.EventBatch;
import io.switchboard.voice.inbox.EventBatch.Event;
import io.switchboard.voice.inbox.EventHandler;
import io.switchboard.voice.inbox.EventOutcome;
import io.switchboard.voice.provider.Providers;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Applies events to their call, and sends crm-service what follows from them. */
@ApplicationScoped
class CallEventHandler implements EventHandler {
    private final Providers providers;
    private final CrmClient crm;
    private final EffectsJson effects;
    private final Regions regions;
    private final TranslationPool translations;

    CallEventHandler(
            Providers providers, CrmClient crm, EffectsJson effects, Regions regions, TranslationPool translations) {
        this.providers = providers;
        this.crm = crm;
        this.effects = effects;
        this.regions = regions;
        this.translations = translations;
    }

    @Override
    public Uni<Application> prepare(Claim claim) {
        return regions.of(claim.caller()).map(region -> (statements, batch) -> apply(claim, region, statements, batch));
    }

    private Uni<EventOutcome> apply(Claim claim, String region, Statements statements, Uni<EventBatch> batch) {
        Uni<@Nullable Call> known = claim.callKey() == null
                ? Uni.createFrom().nullItem()
                : CallLogs.lock(statements, claim.caller(), claim.provider(), claim.callKey());
        return Uni.combine()
                .all()
                .unis(batch, known)
                .with((events, call) -> translate(
                        claim, events, new CallUpdate(claim, providers.named(claim.provider()), region, call)))
                .chain(outcome -> outcome);
    }

    private Uni<EventOutcome> translate(Claim claim, EventBatch batch, CallUpdate update) {
        return translations
                .run(claim.orgId(), () -> update.apply(batch.events(), effects))
                .map(done -> new EventOutcome(
                        changes(claim, batch, done), effects.write(done.effects()), done.unreadable(), done.flaw()));
    }

    private static Changes changes(Claim claim, EventBatch batch, CallUpdate update) {
        var after = update.after();
        Changes saved = after == null || after.equals(update.before())
                ? Changes.NONE
                : statements -> CallLogs.save(statements, claim.caller(), update.before(), after, batch.arrivedAt());
        if (!update.isErased()) {
            return saved;
        }
        var events = batch.events().stream().map(Event::id).toList();
        return statements -> saved.write(statements).chain(() -> CallLogs.eraseEvents(statements, events));
    }

    @Override
    public Uni<Changes> send(Claim claim, String kept) {
        return crm.send(claim.caller(), effects.read(kept)).map(contactId -> link(claim, contactId));
    }

    private static Changes link(Claim claim, @Nullable UUID contactId) {
        return contactId == null || claim.callKey() == null
                ? Changes.NONE
                : statements -> CallLogs.link(statements, claim.caller(), claim.provider(), claim.callKey(), contactId);
    }
}
