package io.switchboard.crm.timeline;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.peer.Peer;
import io.switchboard.kit.peer.Peer.PeerRequest;
import io.switchboard.kit.peer.PeerAway;
import io.switchboard.kit.peer.PeerRefusal;
import io.switchboard.kit.tenant.CallerContext;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A contact's calls, which voice-service has. */
@ApplicationScoped
class CallItems implements TimelineSource {
    private static final String VOICE = "voice-service";
    private static final int MOST_BYTES = 4 * 1024 * 1024;
    private static final List<String> FIELDS = List.of(
            "direction",
            "status",
            "answered",
            "fromNumber",
            "toNumber",
            "startedAt",
            "endedAt",
            "durationSeconds",
            "endedReason",
            "summary",
            "leadScore",
            "recordingUrl",
            "erasedAt");

    private final Peer peer;

    CallItems(Peer peer) {
        this.peer = peer;
    }

    @Override
    public String kind() {
        return "call";
    }

    @Override
    public String plural() {
        return "calls";
    }

    @Override
    public Uni<PageOf<TimelineItem>> list(CallerContext caller, UUID contactId, Page page) {
        var after = page.after();
        var path = "/internal/calls?contactId=" + contactId + "&limit=" + page.limit()
                + (after == null ? "" : "&cursor=" + after.encoded());
        var request = new PeerRequest(
                VOICE, HttpMethod.GET, path, caller.orgId(), caller.requestId(), Map.of(), Buffer.buffer());
        return peer.send(request)
                .map(answer -> read(answer.body(), page))
                .onFailure(PeerRefusal.class)
                .transform(refusal -> new PeerAway(VOICE, refusal.getMessage()));
    }

    /** An answer that is not as it should be is worth no more than none. */
    private PageOf<TimelineItem> read(@Nullable Buffer body, Page page) {
        if (body == null || body.length() > MOST_BYTES) {
            throw new PeerAway(VOICE, "answered " + (body == null ? "nothing" : body.length() + " bytes"));
        }
        try {
            var told = new JsonObject(body);
            var items = new ArrayList<TimelineItem>();
            told.getJsonArray("items").forEach(call -> items.add(item((JsonObject) call)));
            checkOrder(items, page);
            return new PageOf<>(items, items.isEmpty() ? null : told.getString("nextCursor"));
        } catch (RuntimeException e) {
            throw new PeerAway(VOICE, "answered no list of calls");
        }
    }

    /** Of a list in disorder, calls would be lost or shown twice on the next page. */
    private static void checkOrder(List<TimelineItem> items, Page page) {
        if (items.size() > page.limit()) {
            throw new IllegalArgumentException("too many calls");
        }
        var after = page.after();
        if (after != null && !items.isEmpty() && items.get(0).at().isAfter(after.time())) {
            throw new IllegalArgumentException("calls of the page before");
        }
        for (int i = 1; i < items.size(); i++) {
            if (TimelineItem.NEWEST_FIRST.compare(items.get(i - 1), items.get(i)) >= 0) {
                throw new IllegalArgumentException("calls in disorder");
            }
        }
    }

    private TimelineItem item(JsonObject call) {
        var data = new HashMap<String, Object>();
        FIELDS.forEach(field -> data.put(field, call.getValue(field)));
        return new TimelineItem(
                kind(),
                UUID.fromString(call.getString("id")),
                OffsetDateTime.parse(call.getString("startedAt")),
                title(call),
                data);
    }

    private static String title(JsonObject call) {
        var direction = String.valueOf(call.getString("direction"));
        if (direction.equals("inbound")
                && "ended".equals(call.getString("status"))
                && Boolean.FALSE.equals(call.getBoolean("answered"))) {
            return "Missed call";
        }
        return switch (direction) {
            case "inbound" -> "Incoming call";
            case "outbound" -> "Outgoing call";
            case "web" -> "Web call";
            default -> "Call";
        };
    }
}
