package io.switchboard.voice.providerapi;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.voice.providerapi.ProviderKeys.KeptKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks a provider with one API key of an organization after the other: a key may be out of date, or of another account than what is
 * looked for.
 */
@ApplicationScoped
public class KeysInTurn {
    public static final String NO_KEY = "provider_key_missing";
    public static final String KEY_REFUSED = "provider_key_refused";

    private static final int MOST_KEYS = 5;
    private static final int NOT_FOUND = 404;

    private final ProviderKeys keys;

    KeysInTurn(ProviderKeys keys) {
        this.keys = keys;
    }

    /**
     * Tries the owner's key first, then those of active admins in the order of their ids, until one is neither refused nor finds nothing:
     * five at most. Fails as the attempts and {@link ProviderKeys#next} do; what one attempt found out is said rather than that there is
     * no further key, or that that is refused.
     *
     * @param owner of a voice agent; null where only admins' keys are meant
     * @param attempt given a key; fails with a 404 where it finds nothing
     */
    public <T> Uni<T> ask(
            CallerContext caller, String provider, @Nullable UUID owner, Function<String, Uni<T>> attempt) {
        var asked = new Asked<>(caller, provider, attempt);
        return owner == null
                ? askAdmin(asked, null, 1)
                : keys.of(caller, provider, owner)
                        .onFailure(failure -> isOf(failure, Set.of(NO_KEY)))
                        .recoverWithNull()
                        .chain(key -> key == null ? askAdmin(asked, null, 1) : ask(asked, key, null, 1));
    }

    private record Asked<T>(CallerContext caller, String provider, Function<String, Uni<T>> attempt) {}

    private <T> Uni<T> askAdmin(Asked<T> asked, @Nullable UUID after, int number) {
        return keys.next(asked.caller(), asked.provider(), after).chain(key -> ask(asked, key, key.userId(), number));
    }

    /** @param lastAdmin whose key it is; null where it is the owner's */
    private <T> Uni<T> ask(Asked<T> asked, KeptKey key, @Nullable UUID lastAdmin, int number) {
        return asked.attempt()
                .apply(key.apiKey())
                .onFailure(failure -> number < MOST_KEYS && isWorthAnotherKey(failure))
                .recoverWithUni(failure -> askAdmin(asked, lastAdmin, number + 1)
                        .onFailure(later -> isOf(later, Set.of(NO_KEY, KEY_REFUSED)))
                        .transform(later -> failure));
    }

    private static boolean isWorthAnotherKey(Throwable failure) {
        return isOf(failure, Set.of(KEY_REFUSED))
                || failure instanceof Problem problem && problem.status() == NOT_FOUND;
    }

    private static boolean isOf(Throwable failure, Set<String> types) {
        return failure instanceof Problem problem && types.contains(problem.type());
    }
}
