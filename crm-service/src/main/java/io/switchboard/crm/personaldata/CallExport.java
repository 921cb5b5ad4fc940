package io.switchboard.crm.personaldata;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.peer.Peer;
import io.switchboard.kit.peer.Peer.PeerRequest;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Fetches a person's calls from voice-service, page by page, as far as they fit into an answer. */
@ApplicationScoped
class CallExport {
    private static final Logger LOG = Logger.getLogger(CallExport.class);
    private static final int MOST_PAGES = 20;
    private static final int MOST_BYTES = 8 * 1024 * 1024; // a page has one MiB at most

    private final Peer peer;

    CallExport(Peer peer) {
        this.peer = peer;
    }

    /** @param isCut whether there are more */
    record Found(List<Map<String, Object>> calls, boolean isCut) {}

    /** Fails with {@code unavailable} while voice-service gives no usable answer. */
    Uni<Found> of(CallerContext caller, List<UUID> contactIds) {
        return new Pages(caller, contactIds)
                .next(0, null)
                .onFailure()
                .invoke(failure -> LOG.warnf("A person's calls are not exported: %s", failure.getMessage()))
                .onFailure()
                .transform(failure -> Problem.unavailable(2));
    }

    private final class Pages {
        private final CallerContext caller;
        private final List<UUID> contactIds;
        private final List<Map<String, Object>> calls = new ArrayList<>();
        private int pages;
        private int bytes;

        private Pages(CallerContext caller, List<UUID> contactIds) {
            this.caller = caller;
            this.contactIds = contactIds;
        }

        private Uni<Found> next(int nth, @Nullable String cursor) {
            if (nth == contactIds.size()) {
                return Uni.createFrom().item(new Found(calls, false));
            }
            if (pages == MOST_PAGES || bytes > MOST_BYTES) {
                return Uni.createFrom().item(new Found(calls, true));
            }
            return peer.send(request(contactIds.get(nth), cursor))
                    .map(this::add)
                    .chain(more -> more.isEmpty() ? next(nth + 1, null) : next(nth, more));
        }

        private PeerRequest request(UUID contactId, @Nullable String cursor) {
            var path = "/internal/calls?transcript=true&limit=200&contactId=" + contactId
                    + (cursor == null ? "" : "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8));
            return new PeerRequest(
                    "voice-service",
                    HttpMethod.GET,
                    path,
                    caller.orgId(),
                    caller.requestId(),
                    Map.of(),
                    Buffer.buffer());
        }

        /** Answers the cursor of the next page; empty after the last. */
        private String add(HttpResponse<Buffer> answer) {
            pages++;
            bytes += answer.body().length();
            var page = new JsonObject(answer.body());
            page.getJsonArray("items").forEach(call -> calls.add(((JsonObject) call).getMap()));
            var more = page.getString("nextCursor");
            return more == null ? "" : more;
        }
    }
}
