package io.switchboard.voice.assistant;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.work.WorkHandler;
import io.switchboard.kit.work.WorkPiece;
import io.switchboard.kit.work.WorkPostponed;
import io.switchboard.voice.provider.AssistantUpdate;
import io.switchboard.voice.provider.ProviderChange;
import io.switchboard.voice.provider.Providers;
import io.switchboard.voice.providerapi.KeysInTurn;
import io.switchboard.voice.providerapi.ProviderApi;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells providers what was set of clients' own assistants, as it is by then, with the API key of the agent's owner, else an admin's.
 * Where nobody keeps a key, the next answer alone has the settings.
 */
@ApplicationScoped
class ProviderUpdates implements WorkHandler {
    static final String KIND = "update_provider_assistant";

    private static final String NOUN = "assistant";
    private static final int AT_ONCE = 4;
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    private final TenantSql sql;
    private final Providers providers;
    private final KeysInTurn keys;
    private final ProviderApi api;

    ProviderUpdates(TenantSql sql, Providers providers, KeysInTurn keys, ProviderApi api) {
        this.sql = sql.forWorkers();
        this.providers = providers;
        this.keys = keys;
        this.api = api;
    }

    static JsonObject payload(UUID assistantId) {
        return JsonObject.of("assistantId", assistantId.toString());
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** What the provider refuses stays refused. */
    @Override
    public @Nullable Duration retryAfter(WorkPiece piece, Throwable failure) {
        boolean isFinal = failure instanceof Problem problem && problem.status() != 503;
        return isFinal ? null : WorkHandler.super.retryAfter(piece, failure);
    }

    /** A slow provider holds up no others. */
    @Override
    public int concurrency() {
        return AT_ONCE;
    }

    @Override
    public Uni<@Nullable JsonObject> run(WorkPiece piece) {
        return find(piece)
                .chain(assistant -> assistant == null
                        ? told(false)
                        : tell(piece.caller(), assistant).call(() -> checkUnchanged(piece, assistant)));
    }

    private Uni<@Nullable KeptAssistant> find(WorkPiece piece) {
        var id = UUID.fromString(piece.payload().getString("assistantId"));
        return sql.first(
                piece.caller(), KeptAssistant.FIND, Tuple.of(piece.caller().orgId(), id), KeptAssistant::of);
    }

    /** Another worker may have told what is newer before, so that what the provider has now is old. */
    private Uni<?> checkUnchanged(WorkPiece piece, KeptAssistant assistant) {
        return find(piece).invoke(now -> {
            if (now != null && !now.equals(assistant)) {
                throw new WorkPostponed("it was changed meanwhile", AGAIN_AFTER);
            }
        });
    }

    private Uni<JsonObject> tell(CallerContext caller, KeptAssistant assistant) {
        var provider = providers.named(assistant.provider());
        var update = provider == null ? null : provider.assistantUpdate();
        if (update == null || !ID.matcher(assistant.id()).matches()) {
            return told(false);
        }
        return keys.ask(caller, assistant.provider(), assistant.ownerId(), apiKey -> send(update, assistant, apiKey))
                .onFailure(ProviderUpdates::isWithoutKey)
                .recoverWithUni(() -> told(false));
    }

    private static boolean isWithoutKey(Throwable failure) {
        return failure instanceof Problem problem && problem.type().equals(KeysInTurn.NO_KEY);
    }

    private Uni<JsonObject> send(AssistantUpdate update, KeptAssistant assistant, String apiKey) {
        var read = update.read(assistant.id(), apiKey);
        Function<JsonNode, List<ProviderChange>> changes =
                current -> update.changes(assistant.id(), current, assistant.settings(), apiKey);
        return api.list(read.url(), read.headers(), NOUN).map(changes).chain(all -> inTurn(all)
                .chain(() -> told(!all.isEmpty())));
    }

    private Uni<Void> inTurn(List<ProviderChange> changes) {
        Uni<Void> done = Uni.createFrom().voidItem();
        for (var change : changes) {
            done = done.chain(() -> api.change(change, NOUN));
        }
        return done;
    }

    private static Uni<JsonObject> told(boolean isTold) {
        return Uni.createFrom().item(JsonObject.of("told", isTold));
    }
}
