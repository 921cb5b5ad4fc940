package io.switchboard.voice.call;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.voice.inbox.Claim;
import io.switchboard.voice.inbox.EventBatch;
import io.switchboard.voice.inbox.EventBatch.Next;
import io.switchboard.voice.inbox.EventQueue;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is done about a claimed event: its call takes it in, then crm-service is told what follows, then it is over. */
@ApplicationScoped
class CallEventHandler {
    private final TenantSql sql;
    private final EventQueue queue;
    private final CrmClient crm;
    private final EffectsJson owed;
    private final Regions regions;
    private final TranslationPool translations;

    CallEventHandler(
            TenantSql sql,
            EventQueue queue,
            CrmClient crm,
            EffectsJson owed,
            Regions regions,
            TranslationPool translations) {
        this.sql = sql.forWorkers();
        this.queue = queue;
        this.crm = crm;
        this.owed = owed;
        this.regions = regions;
        this.translations = translations;
    }

    /** The event's id is its request id: it leads from the audit trail and from crm-service's log back to the delivery. */
    static CallerContext tenant(Claim claim) {
        return CallerContext.Value.service(
                claim.orgId(), "voice-service", Origin.worker(claim.id().toString()));
    }

    /**
     * Whether crm-service was told anything.
     *
     * @param crmAway effects are only kept, not told
     */
    Uni<Boolean> on(Claim claim, boolean crmAway) {
        var caller = tenant(claim);
        var effects = claim.applied()
                ? Uni.createFrom().item(() -> owed.read(claim.effects()))
                : regions.of(caller)
                        .chain(region ->
                                sql.transaction(caller, statements -> taken(claim, statements, region, crmAway)));
        return effects.chain(toTell -> toTell.isEmpty() ? Uni.createFrom().item(false) : told(caller, claim, toTell));
    }

    private Uni<Boolean> told(CallerContext caller, Claim claim, List<Effect> effects) {
        return crm.tell(caller, effects)
                .chain(contactId -> sql.transaction(caller, statements -> over(caller, claim, statements, contactId)))
                .replaceWith(true);
    }

    private Uni<?> over(CallerContext caller, Claim claim, Statements statements, @Nullable UUID contactId) {
        return contactId == null || claim.callKey() == null
                ? queue.finish(statements, claim)
                : queue.finish(statements, claim)
                        .call(() -> CallLogs.link(statements, caller, claim.provider(), claim.callKey(), contactId));
    }

    /** What is to be told now. */
    private Uni<List<Effect>> taken(Claim claim, Statements statements, String region, boolean crmAway) {
        Uni<@Nullable Call> known = claim.callKey() == null
                ? Uni.createFrom().nullItem()
                : CallLogs.locked(statements, tenant(claim), claim.provider(), claim.callKey());
        return Uni.combine()
                .all()
                .unis(EventBatch.of(statements, claim), known)
                .with((run, call) -> translated(claim, run, new CallUpdate(claim, region, call))
                        .chain(change -> closed(claim, statements, run, change, crmAway)))
                .chain(closed -> closed);
    }

    private Uni<CallUpdate> translated(Claim claim, EventBatch run, CallUpdate change) {
        return translations.run(claim.orgId(), () -> change.by(run.events(), owed));
    }

    private Uni<List<Effect>> closed(
            Claim claim, Statements statements, EventBatch run, CallUpdate change, boolean crmAway) {
        if (change.unreadable().contains(claim.id())) {
            return run.bury(change.flaw()).replaceWith(List.of());
        }
        var effects = change.effects();
        var next = effects.isEmpty() ? Next.DONE : crmAway ? Next.POSTPONED : Next.EFFECTS;
        return Uni.join()
                .all(
                        saved(claim, statements, run, change),
                        run.close(next, owed.written(effects), change.unreadable(), change.flaw()))
                .andFailFast()
                .replaceWith(next == Next.EFFECTS ? effects : List.of());
    }

    private static Uni<Void> saved(Claim claim, Statements statements, EventBatch run, CallUpdate change) {
        var after = change.after();
        return after == null || after.equals(change.before())
                ? Uni.createFrom().voidItem()
                : CallLogs.save(statements, tenant(claim), change.before(), after, run.arrivedAt());
    }
}
