package io.switchboard.voice.call;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.voice.callevent.CallKey;
import io.switchboard.voice.callevent.TranscriptFragment;
import io.switchboard.voice.inbox.BeginAnew;
import io.switchboard.voice.inbox.Claim;
import io.switchboard.voice.inbox.EventBatch;
import io.switchboard.voice.inbox.EventBatch.Event;
import io.switchboard.voice.inbox.EventHandler.Application;
import io.switchboard.voice.inbox.EventHandler.Changes;
import io.switchboard.voice.inbox.EventOutcome;
import io.switchboard.voice.provider.Providers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Applies a batch of events to their call's row, and to the other rows of the call if it has any. Most calls have one row, which is
 * locked at once. Where rows come together, what the ids and rows are locked by has an order, and the row is not the first in it: then
 * the transaction begins anew, with what it has to lock first.
 */
final class CallApplication implements Application {
    private final Claim claim;
    private final String region;
    private final Providers providers;
    private final EffectsJson json;
    private final TranslationPool translations;

    private final Set<CallKey> ahead = new HashSet<>();
    private boolean locksAhead;
    private List<UUID> lockedAhead = List.of();

    CallApplication(Claim claim, String region, Providers providers, EffectsJson json, TranslationPool translations) {
        this.claim = claim;
        this.region = region;
        this.providers = providers;
        this.json = json;
        this.translations = translations;
    }

    @Override
    public Uni<EventOutcome> apply(Statements statements, Uni<EventBatch> batch) {
        return Uni.combine()
                .all()
                .unis(batch, row(statements))
                .with((events, row) -> translate(statements, events, row))
                .chain(outcome -> outcome);
    }

    private Uni<@Nullable CallRow> row(Statements statements) {
        if (claim.callKey() == null) {
            return Uni.createFrom().nullItem();
        }
        var row = CallLogs.lock(statements, claim.caller(), claim.provider(), claim.callKey());
        return locksAhead
                ? CallKeys.lock(statements, claim, ahead)
                        .invoke(found -> lockedAhead = found)
                        .chain(() -> row)
                : row;
    }

    private Uni<EventOutcome> translate(Statements statements, EventBatch batch, @Nullable CallRow row) {
        var provider = providers.named(claim.provider());
        return translations
                .run(claim.orgId(), () -> new CallUpdate(claim, provider, region, row).apply(batch.events(), json))
                .chain(update -> outcome(statements, batch, update));
    }

    private Uni<EventOutcome> outcome(Statements statements, EventBatch batch, CallUpdate update) {
        var changed = update.after();
        if (changed == null || update.unreadable().contains(claim.id())) {
            return Uni.createFrom().item(outcome(update, erasure(batch, update.isErased()), update.owed()));
        }
        return rows(statements, update)
                .map(rows -> new CallMerge(rows, changed, update.gainedKeys(), providers::isVoicePlatform))
                .chain(merge -> outcome(statements, batch, update, merge));
    }

    /** The stored rows of the call. */
    private Uni<List<CallRow>> rows(Statements statements, CallUpdate update) {
        var own = update.row();
        var gained = update.gainedKeys();
        if (locksAhead) {
            return ahead.containsAll(gained) ? load(statements, lockedAhead, own) : beginAnew(gained);
        }
        if (own == null) {
            return CallKeys.lock(statements, claim, gained).chain(found -> load(statements, found, null));
        }
        if (!gained.isEmpty()) {
            return beginAnew(gained);
        }
        return own.linked()
                ? CallLogs.lockWhole(statements, claim.caller(), own)
                        .onFailure(CallLogs::isLocked)
                        .recoverWithUni(() -> beginAnew(Set.of()))
                : Uni.createFrom().item(List.of(own));
    }

    private Uni<List<CallRow>> load(Statements statements, List<UUID> found, @Nullable CallRow own) {
        boolean isAlone = found.isEmpty() || own != null && found.equals(List.of(own.id()));
        return isAlone
                ? Uni.createFrom().item(own == null ? List.of() : List.of(own))
                : CallLogs.load(statements, claim.caller(), found);
    }

    private <T> Uni<T> beginAnew(Set<CallKey> keys) {
        ahead.addAll(keys);
        locksAhead = true;
        return Uni.createFrom().failure(new BeginAnew());
    }

    private Uni<EventOutcome> outcome(Statements statements, EventBatch batch, CallUpdate update, CallMerge merge) {
        var legs = merge.newLegs().stream().map(CallRow::id).toList();
        var takenBack = legs.isEmpty()
                ? Uni.createFrom().item(Map.<UUID, Boolean>of())
                : CallKeys.takeBackEffects(statements, claim, legs);
        return takenBack.chain(taken -> PlatformWord.postpone(
                statements, providers, merge.head(), merge.effects(taken), outcome(batch, update, merge, taken)));
    }

    private EventOutcome outcome(EventBatch batch, CallUpdate update, CallMerge merge, Map<UUID, Boolean> takenBack) {
        var rows = merge.after(takenBack);
        var effects = new ArrayList<Effect>();
        var own = update.row();
        if (!merge.isErased() && (own == null || !takenBack.containsKey(own.id()))) {
            effects.addAll(CallEffects.without(merge.answered(), update.owed()));
        }
        effects.addAll(merge.effects(takenBack));
        Changes changes = statements -> save(statements, batch, update, merge, rows);
        return outcome(update, changes, effects);
    }

    private EventOutcome outcome(CallUpdate update, Changes changes, List<Effect> effects) {
        return new EventOutcome(
                changes, json.write(CallEffects.eachOnce(effects)), update.unreadable(), update.flaw(), Duration.ZERO);
    }

    /** The head first: its legs refer to it. */
    private Uni<Void> save(
            Statements statements, EventBatch batch, CallUpdate update, CallMerge merge, List<CallRow> rows) {
        var orgId = claim.orgId();
        var steps = new ArrayList<Uni<Void>>();
        var erased = merge.newlyErased();
        if (!erased.isEmpty()) {
            steps.add(
                    CallKeys.erase(statements, erased)); // first, so that the audit trail does not keep what they said
        }
        for (var row : rows) {
            var fragments = row.id().equals(update.after().id()) && !merge.isErased()
                    ? update.fragments()
                    : List.<TranscriptFragment>of();
            steps.add(CallLogs.save(
                    statements, claim.caller(), merge.before(row.id()), row, fragments, batch.arrivedAt()));
        }
        if (!update.gainedKeys().isEmpty()) {
            steps.add(CallKeys.add(statements, orgId, update.after().id(), update.gainedKeys()));
        }
        var contact = merge.movedContact();
        if (contact != null) {
            var legs = merge.newLegs().stream().map(CallRow::id).toList();
            steps.add(CallKeys.moveContact(statements, orgId, merge.headId(), legs, contact));
        }
        if (!erased.isEmpty() && update.row() == null) {
            steps.add(CallKeys.erase(statements, erased));
        }
        steps.add(
                Uni.createFrom().deferred(() -> erasure(batch, merge.isErased()).write(statements)));
        return Uni.join().all(steps).andFailFast().replaceWithVoid();
    }

    /** Events of an erased call are emptied: they have been applied, or never will be. */
    private static Changes erasure(EventBatch batch, boolean isErased) {
        return isErased
                ? statements -> CallLogs.eraseEvents(
                        statements, batch.events().stream().map(Event::id).toList())
                : Changes.NONE;
    }
}
