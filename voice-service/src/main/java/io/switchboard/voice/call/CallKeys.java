package io.switchboard.voice.call;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.voice.callevent.CallKey;
import io.switchboard.voice.inbox.Claim;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** The further ids of calls in the worker's transaction, and what is done when they show that several rows are one call. */
final class CallKeys {
    /** Of one row; further ones are passed over. */
    static final int MOST = 16;

    private static final String LOCK = "select lock_call_keys($1, $2) as id";
    private static final String ADD = "insert into call_keys (org_id, provider, key, call_id)"
            + " select $1, k.provider, k.key, $2 from unnest($3::text[], $4::text[]) as k (provider, key)"
            + " on conflict do nothing";
    private static final String TAKE_BACK = "select call_id, was_missed from take_back_effects($1, $2, $3)";
    private static final String LEAVE_CONTACT = "update call_logs set contact_id = null, version = version + 1"
            + " where org_id = $1 and id = any ($2) and contact_id is not null";
    private static final String MOVE_CONTACT = "update call_logs set contact_id = $3, version = version + 1"
            + " where org_id = $1 and id = $2 and contact_id is null and erased_at is null";
    private static final String ERASE = "select erase_call_rows($1)";

    private CallKeys() {}

    /**
     * Locks the call's own id and these, and the rows that go by one of them; answers all rows of their calls. It is asked before
     * the transaction holds a call's row.
     */
    static Uni<List<UUID>> lock(Statements statements, Claim claim, Collection<CallKey> keys) {
        var all = Stream.concat(Stream.of(own(claim)), keys.stream().sorted()).toList();
        return statements.list(LOCK, Tuple.of(providers(all), (Object) ids(all)), row -> row.getUUID("id"));
    }

    static CallKey own(Claim claim) {
        return new CallKey(claim.provider(), String.valueOf(claim.callKey()));
    }

    static Uni<Void> add(Statements statements, UUID orgId, UUID callId, Collection<CallKey> keys) {
        return statements
                .run(ADD, Tuple.of(orgId, callId, providers(keys), (Object) ids(keys)))
                .replaceWithVoid();
    }

    /** Of which rows effects were taken back before they were sent; true where a missed call is among them. */
    static Uni<Map<UUID, Boolean>> takeBackEffects(Statements statements, Claim claim, Collection<UUID> legs) {
        var args = Tuple.of(claim.provider(), claim.callKey()).addArrayOfUUID(legs.toArray(UUID[]::new));
        return statements.run(TAKE_BACK, args).map(rows -> {
            Map<UUID, Boolean> taken = new HashMap<>();
            rows.forEach(row -> taken.put(row.getUUID("call_id"), row.getBoolean("was_missed")));
            return taken;
        });
    }

    /** The contact is the head's from now on, unless it has one. */
    static Uni<Void> moveContact(
            Statements statements, UUID orgId, UUID headId, Collection<UUID> legs, UUID contactId) {
        return statements
                .run(LEAVE_CONTACT, Tuple.of(orgId, (Object) legs.toArray(UUID[]::new)))
                .chain(() -> statements.run(MOVE_CONTACT, Tuple.of(orgId, headId, contactId)))
                .replaceWithVoid();
    }

    static Uni<Void> erase(Statements statements, Collection<UUID> rows) {
        return statements
                .run(ERASE, Tuple.of((Object) rows.toArray(UUID[]::new)))
                .replaceWithVoid();
    }

    private static String[] providers(Collection<CallKey> keys) {
        return keys.stream().map(CallKey::provider).toArray(String[]::new);
    }

    private static String[] ids(Collection<CallKey> keys) {
        return keys.stream().map(CallKey::key).toArray(String[]::new);
    }
}
