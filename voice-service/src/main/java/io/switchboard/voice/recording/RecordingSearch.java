package io.switchboard.voice.recording;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.voice.provider.Providers;
import io.switchboard.voice.provider.RecordingSource;
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

/** Finds the recording of a call at its provider, else at that of one of its legs. */
@ApplicationScoped
class RecordingSearch {
    private static final int MOST_STEPS = 3;
    private static final int LONGEST_LINK = 8_000;
    private static final String NOT_FOUND = "recording_not_found";
    private static final String NO_KEY = "provider_key_missing";

    private final RecordedCalls calls;
    private final Providers providers;
    private final ProviderKeys keys;
    private final ProviderApi api;

    RecordingSearch(RecordedCalls calls, Providers providers, ProviderKeys keys, ProviderApi api) {
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
        return calls.find(caller, callId).chain(legs -> first(caller, legs, ranges, loop, notFound()));
    }

    /** @param otherwise what is said where no leg has one; that a key is missing is worth more than that nothing was found */
    private Uni<FoundRecording> first(
            CallerContext caller, List<Leg> legs, Map<String, String> ranges, Context loop, Problem otherwise) {
        return legs.isEmpty()
                ? Uni.createFrom().failure(otherwise)
                : find(caller, legs.get(0), ranges, loop)
                        .onFailure(RecordingSearch::isWorthAnotherLeg)
                        .recoverWithUni(failure -> first(
                                caller,
                                legs.subList(1, legs.size()),
                                ranges,
                                loop,
                                otherwise.type().equals(NO_KEY) ? otherwise : (Problem) failure));
    }

    private static boolean isWorthAnotherLeg(Throwable failure) {
        return failure instanceof Problem problem && Set.of(NOT_FOUND, NO_KEY).contains(problem.type());
    }

    private Uni<FoundRecording> find(CallerContext caller, Leg leg, Map<String, String> ranges, Context loop) {
        var provider = providers.named(leg.provider());
        var lookup = provider == null ? null : provider.recordings();
        return lookup == null
                ? Uni.createFrom().failure(notFound())
                : keys.get(caller, leg.provider())
                        .emitOn(work -> loop.runOnContext(here -> work.run()))
                        .chain(key -> follow(lookup.find(leg.call(), key), ranges, MOST_STEPS));
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
            return api.list(listing.url(), listing.headers())
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
        answer.request().reset();
        if (status / 100 == 3) {
            return FoundRecording.at(checked(answer.getHeader(HttpHeaders.LOCATION)));
        }
        throw ProviderApi.refusal(status);
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
