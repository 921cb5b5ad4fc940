package io.switchboard.voice.recording;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.voice.provider.Providers;
import io.switchboard.voice.provider.RecordingLookup;
import io.switchboard.voice.provider.RecordingSource;
import io.switchboard.voice.providerapi.KeysInTurn;
import io.switchboard.voice.providerapi.ProviderApi;
import io.switchboard.voice.recording.RecordedCalls.Leg;
import io.vertx.core.Context;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds the recording of a call at its provider, else at that of one of its legs, with the keys of admins in turn. */
@ApplicationScoped
class RecordingSearch {
    private static final int MOST_STEPS = 3;
    private static final int LONGEST_LINK = 8_000;
    private static final String NOT_FOUND = "recording_not_found";
    private static final Set<String> WORTH_ANOTHER_LEG = Set.of(NOT_FOUND, KeysInTurn.NO_KEY, KeysInTurn.KEY_REFUSED);

    private final RecordedCalls calls;
    private final Providers providers;
    private final KeysInTurn keys;
    private final ProviderApi api;

    RecordingSearch(RecordedCalls calls, Providers providers, KeysInTurn keys, ProviderApi api) {
        this.calls = calls;
        this.providers = providers;
        this.keys = keys;
        this.api = api;
    }

    /**
     * Fails with {@code call_not_found}, {@code recording_not_found}, {@code provider_key_missing}, {@code provider_key_refused},
     * {@code provider_failed} or {@code unavailable}. Never inside a transaction.
     *
     * @param ranges the client's headers that ask for a part
     * @param loop where the answer is read
     */
    Uni<FoundRecording> find(CallerContext caller, UUID callId, Map<String, String> ranges, Context loop) {
        var request = new Request(caller, ranges, loop);
        return calls.find(caller, callId).chain(legs -> first(request, legs, notFound()));
    }

    private record Request(CallerContext caller, Map<String, String> ranges, Context loop) {}

    /** @param otherwise what is said where no leg has one; that a key fails is worth more than that nothing was found */
    private Uni<FoundRecording> first(Request request, List<Leg> legs, Problem otherwise) {
        return legs.isEmpty()
                ? Uni.createFrom().failure(otherwise)
                : find(request, legs.get(0))
                        .onFailure(failure -> isOf(failure, WORTH_ANOTHER_LEG))
                        .recoverWithUni(failure -> first(
                                request,
                                legs.subList(1, legs.size()),
                                isOf(otherwise, Set.of(NOT_FOUND)) ? (Problem) failure : otherwise));
    }

    private Uni<FoundRecording> find(Request request, Leg leg) {
        var provider = providers.named(leg.provider());
        var lookup = provider == null ? null : provider.recordings();
        return lookup == null
                ? Uni.createFrom().failure(notFound())
                : keys.ask(request.caller(), leg.provider(), null, key -> find(request, leg, lookup, key));
    }

    private Uni<FoundRecording> find(Request request, Leg leg, RecordingLookup lookup, String apiKey) {
        var source = lookup.find(leg.call(), apiKey);
        return source == null ? Uni.createFrom().failure(notFound()) : onLoop(request, source);
    }

    private static boolean isOf(Throwable failure, Set<String> types) {
        return failure instanceof Problem problem && types.contains(problem.type());
    }

    /** The provider's answer is read on the loop of the request. */
    private Uni<FoundRecording> onLoop(Request request, RecordingSource source) {
        return Uni.createFrom()
                .voidItem()
                .emitOn(work -> request.loop().runOnContext(here -> work.run()))
                .chain(() -> follow(source, request.ranges(), MOST_STEPS));
    }

    /** Three cases; Java 17 has no pattern switch. */
    private Uni<FoundRecording> follow(@Nullable RecordingSource source, Map<String, String> ranges, int steps) {
        if (source == null || steps == 0) {
            return Uni.createFrom().failure(notFound());
        }
        if (source instanceof RecordingSource.Link link) {
            return Uni.createFrom().item(() -> FoundRecording.at(checked(link.url())));
        }
        if (source instanceof RecordingSource.Listing listing) {
            return api.list(listing.url(), listing.headers(), "recording")
                    .chain(list -> follow(listing.next().apply(list), ranges, steps - 1));
        }
        var media = (RecordingSource.Media) source;
        var headers = new HashMap<>(ranges);
        headers.putAll(media.headers());
        return api.get(media.url(), headers).map(RecordingSearch::answered);
    }

    private static FoundRecording answered(HttpClientResponse answer) {
        int status = answer.statusCode();
        if (status == 200 || status == 206 || status == 416) {
            return FoundRecording.in(answer);
        }
        ProviderApi.discard(answer);
        if (status / 100 == 3) {
            return FoundRecording.at(checked(answer.getHeader(HttpHeaders.LOCATION)));
        }
        throw ProviderApi.refusal(status, "recording");
    }

    /** A client follows it: no other scheme, and no relative one. */
    private static String checked(@Nullable String link) {
        try {
            if (link != null && link.length() <= LONGEST_LINK) {
                var uri = new URI(link);
                if ("https".equalsIgnoreCase(uri.getScheme())
                        && uri.getRawAuthority() != null
                        && !uri.getRawAuthority().contains("@")) {
                    return uri.toASCIIString();
                }
            }
        } catch (URISyntaxException e) {
            // as one that is missing
        }
        throw ProviderApi.failed();
    }

    private static Problem notFound() {
        return Problem.notFound("recording", null);
    }
}
