package io.switchboard.crm.contacterasure;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.peer.Peer;
import io.switchboard.kit.peer.Peer.PeerRequest;
import io.switchboard.kit.peer.PeerRefusal;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.work.WorkHandler;
import io.switchboard.kit.work.WorkPiece;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Has voice-service erase the calls of an erased person, until it has; then the erasure is completed and forgets the numbers. It is
 * work and no owed call, since an owed call may be given up, and would be kept then with the numbers in it.
 */
@ApplicationScoped
class VoiceErasure implements WorkHandler {
    static final String KIND = "erase_contact_in_voice_service";
    private static final String VOICE = "voice-service";
    private static final String FIND = "select contact_id, duplicate_ids, phones from contact_erasures"
            + " where org_id = $1 and id = $2 and completed_at is null";
    private static final String COMPLETE =
            "update contact_erasures set phones = null, remaining = '{}', completed_at = now()"
                    + " where org_id = $1 and id = $2 and completed_at is null";

    private final TenantSql sql;
    private final Peer peer;

    VoiceErasure(TenantSql sql, Peer peer) {
        this.sql = sql.forWorkers();
        this.peer = peer;
    }

    /** @param ids of the contact and of those that were merged into it: a merge may still be on its way to voice-service */
    private record Person(List<UUID> ids, List<String> phones) {
        static Person of(Row row) {
            var duplicates = Stream.of(row.getArrayOfUUIDs("duplicate_ids"));
            return new Person(
                    Stream.concat(duplicates, Stream.of(row.getUUID("contact_id")))
                            .toList(),
                    List.of(row.getArrayOfStrings("phones")));
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Uni<@Nullable JsonObject> run(WorkPiece piece) {
        var place =
                Tuple.of(piece.caller().orgId(), UUID.fromString(piece.payload().getString("erasureId")));
        return sql.first(piece.caller(), FIND, place, Person::of)
                .chain(person -> person == null ? Uni.createFrom().voidItem() : erase(piece, person))
                .chain(() -> sql.execute(piece.caller(), COMPLETE, place))
                .map(completed -> null);
    }

    /** It is owed without end. */
    @Override
    public Duration retryAfter(WorkPiece piece, Throwable failure) {
        return BACKOFF.after(piece.attempts());
    }

    private Uni<Void> erase(WorkPiece piece, Person person) {
        var body = JsonObject.of("phones", person.phones()).toBuffer();
        return Multi.createFrom()
                .iterable(person.ids())
                .onItem()
                .transformToUniAndConcatenate(id -> peer.send(PeerRequest.json(
                        VOICE,
                        HttpMethod.POST,
                        "/internal/contacts/" + id + "/erase",
                        piece.caller().orgId(),
                        piece.id().toString(),
                        body)))
                .onFailure(PeerRefusal.class)
                .transform(
                        refusal -> new IllegalStateException(VOICE + " answered " + ((PeerRefusal) refusal).status()))
                .collect()
                .last()
                .replaceWithVoid();
    }
}
