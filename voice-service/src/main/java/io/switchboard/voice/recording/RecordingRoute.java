package io.switchboard.voice.recording;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.access.AccessFilter;
import io.switchboard.kit.front.Front;
import io.switchboard.kit.http.Filters;
import io.switchboard.kit.outbox.AuditEvent;
import io.switchboard.kit.outbox.AuditTrail;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.problem.ProblemAnswer;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Serves recordings on a plain route, since they are passed on as they come. */
@ApplicationScoped
class RecordingRoute {
    static final String PATH = "/api/calls/{id}/recording";

    /** One part. Several would come as multipart, which is no sound: then the whole is sent, as HTTP allows. */
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{1,18}-[0-9]{0,18}|-[0-9]{1,18})");

    private static final int LONGEST_VALIDATOR = 200;

    private final RecordingSearch search;
    private final RecordingPlaces places;
    private final AuditTrail trail;
    private final Origin.Current origins;
    private final Front front;
    private final Vertx vertx;

    RecordingRoute(
            RecordingSearch search,
            RecordingPlaces places,
            AuditTrail trail,
            Origin.Current origins,
            Front front,
            Vertx vertx) {
        this.search = search;
        this.places = places;
        this.trail = trail;
        this.origins = origins;
        this.front = front;
        this.vertx = vertx;
    }

    void register(@Observes Router router) {
        var path = PATH.replace("{id}", ":id");
        router.get(path).handler(this::open);
        router.head(path).handler(this::open);
    }

    private void open(RoutingContext context) {
        var token = AccessFilter.token(context);
        var id = uuid(context.pathParam("id"));
        if (token == null || token.orgId() == null) {
            ProblemAnswer.send(context, Problem.unauthorized());
        } else if (id == null) {
            ProblemAnswer.send(context, Problem.notFound("call", null));
        } else {
            answer(context, token.tenant(origins.of(context)), id);
        }
    }

    private void answer(RoutingContext context, CallerContext caller, UUID id) {
        try {
            places.take(caller.orgId());
        } catch (Problem full) {
            ProblemAnswer.send(context, full);
            return;
        }
        context.addEndHandler(ended -> places.giveBack(caller.orgId()));
        var loop = Vertx.currentContext();
        search.find(caller, id, ranges(context), loop)
                .chain(found -> recorded(caller, id, found))
                .subscribe()
                .with(
                        found -> loop.runOnContext(here -> new RecordingAnswer(context, front, vertx).send(found)),
                        failure -> loop.runOnContext(here -> ProblemAnswer.send(context, failure)));
    }

    /** Before anything of it is sent. */
    private Uni<FoundRecording> recorded(CallerContext caller, UUID id, FoundRecording found) {
        return trail.record(caller, AuditEvent.success("fetch_recording", "call_logs", id))
                .replaceWith(found)
                .onFailure()
                .invoke(found::close);
    }

    private static Map<String, String> ranges(RoutingContext context) {
        Map<String, String> ranges = new HashMap<>();
        var range = context.request().getHeader("Range");
        var validator = context.request().getHeader("If-Range");
        if (range != null && RANGE.matcher(range).matches()) {
            ranges.put("Range", range);
            if (validator != null && validator.length() <= LONGEST_VALIDATOR) {
                ranges.put("If-Range", validator);
            }
        }
        return ranges;
    }

    private static @Nullable UUID uuid(String text) {
        try {
            return Filters.uuid("id", text);
        } catch (Problem malformed) {
            return null;
        }
    }
}
