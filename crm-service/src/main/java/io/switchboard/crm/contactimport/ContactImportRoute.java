package io.switchboard.crm.contactimport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.DecoderException;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.access.CallerRoute;
import io.switchboard.kit.http.EnumParam;
import io.switchboard.kit.http.Filters;
import io.switchboard.kit.http.KeptAnswer;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.problem.ProblemAnswer;
import io.switchboard.kit.request.GivenHeader;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.SqlIdempotency;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Takes files of contacts. A plain Vert.x route, since REST would hold or block on a body of 25 MiB. */
@ApplicationScoped
class ContactImportRoute {
    static final String PATH = "/api/contacts/imports";

    private final ImportChunks chunks;
    private final ContactImports imports;
    private final TenantSql sql;
    private final SqlIdempotency idempotency;
    private final UploadSlots slots;
    private final Origin.Current origins;
    private final ObjectMapper json;

    ContactImportRoute(
            ImportChunks chunks,
            ContactImports imports,
            TenantSql sql,
            SqlIdempotency idempotency,
            UploadSlots slots,
            Origin.Current origins,
            ObjectMapper json) {
        this.chunks = chunks;
        this.imports = imports;
        this.sql = sql;
        this.idempotency = idempotency;
        this.slots = slots;
        this.origins = origins;
        this.json = json;
    }

    /** What is asked for beside the file. */
    private record Order(
            CallerContext caller,
            ImportKey key,
            boolean dryRun,
            @Nullable String idempotencyKey) {}

    void register(@Observes Router router) {
        router.post(PATH).handler(CallerRoute.of(origins, this::receive));
    }

    private void receive(RoutingContext context, CallerContext caller) {
        var order = order(context, caller);
        slots.take(order.caller().orgId());
        context.addEndHandler(ended -> slots.giveBack(order.caller().orgId()));
        receive(context, order);
    }

    private static Order order(RoutingContext context, CallerContext caller) {
        var key = EnumParam.of(ImportKey.class, "key", Filters.parameter(context, "key"));
        var dryRun = Filters.flag("dryRun", Filters.parameter(context, "dryRun"));
        var idempotencyKey = GivenHeader.of(context.request(), "Idempotency-Key");
        if (idempotencyKey != null) {
            SqlIdempotency.Request.check(idempotencyKey);
        }
        return new Order(caller, key == null ? ImportKey.PHONE : key, Boolean.TRUE.equals(dryRun), idempotencyKey);
    }

    private void receive(RoutingContext context, Order order) {
        var request = context.request();
        var upload = new ImportUpload(
                order.caller(),
                UuidV7.next(),
                chunks,
                whole -> finish(context, order, whole),
                failure -> ProblemAnswer.send(context, failure));
        request.pause();
        request.exceptionHandler(failure -> upload.fail(reason(failure)));
        if (isMultipart(context)) {
            receiveForm(request, upload);
        } else {
            upload.readFrom(request);
            request.endHandler(end -> upload.end());
        }
        var loop = Vertx.currentContext();
        imports.requireRoom(order.caller())
                .subscribe()
                .with(
                        room -> loop.runOnContext(here -> begin(context)),
                        full -> loop.runOnContext(here -> {
                            request.resume();
                            upload.fail(full);
                        }));
    }

    /** The form may be over before the last of its file has been read. */
    private static void receiveForm(HttpServerRequest request, ImportUpload upload) {
        var open = new AtomicInteger(1);
        try {
            request.setExpectMultipart(true);
        } catch (RuntimeException unreadable) { // of its boundary
            upload.fail(unreadableForm());
            return;
        }
        request.uploadHandler(file -> {
            if (upload.hasSource()) {
                upload.fail(Problem.invalid("file", "is one file"));
                file.handler(dropped -> {});
                return;
            }
            open.incrementAndGet();
            file.exceptionHandler(failure -> upload.fail(reason(failure))).endHandler(end -> endOf(open, upload));
            upload.readFrom(file);
        });
        request.endHandler(end -> {
            endOf(open, upload);
            upload.endForm();
        });
    }

    private static Throwable reason(Throwable failure) {
        return failure instanceof DecoderException ? unreadableForm() : new IOException("the client has gone");
    }

    private static Problem unreadableForm() {
        return Problem.invalid("file", "is in a form that cannot be read");
    }

    private static void endOf(AtomicInteger open, ImportUpload upload) {
        if (open.decrementAndGet() == 0) {
            upload.end();
        }
    }

    private static void begin(RoutingContext context) {
        // A client that sends Expect waits for this before it sends the body (RFC 9110, 10.1.1).
        if ("100-continue".equalsIgnoreCase(context.request().getHeader(HttpHeaders.EXPECT))
                && !context.response().ended()) {
            context.response().writeContinue();
        }
        context.request().resume();
    }

    private static boolean isMultipart(RoutingContext context) {
        var type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
    }

    private void finish(RoutingContext context, Order order, ImportUpload upload) {
        var loop = Vertx.currentContext();
        Uni.createFrom()
                .deferred(() -> create(context, order, upload))
                .subscribe()
                .with(answer -> loop.runOnContext(here -> answer(context, order, upload, answer)), failure -> {
                    chunks.remove(order.caller(), upload.id()).subscribe().with(removed -> {}, late -> {});
                    loop.runOnContext(here -> ProblemAnswer.send(context, failure));
                });
    }

    private Uni<KeptAnswer> create(RoutingContext context, Order order, ImportUpload upload) {
        var caller = order.caller();
        upload.header().requireKey(order.key());
        return sql.transaction(
                caller,
                statements ->
                        idempotency.runOnce(caller, statements, keyed(context, order, upload), () -> imports.create(
                                        caller, statements, upload.id(), order.key(), order.dryRun(), upload.header())
                                .map(created -> new SqlIdempotency.Outcome(answer(upload), null))));
    }

    private static SqlIdempotency.@Nullable Request keyed(RoutingContext context, Order order, ImportUpload upload) {
        var content = "POST " + PATH + "?key=" + order.key().wire() + "&dryRun=" + order.dryRun() + "\n"
                + upload.fingerprint();
        return order.idempotencyKey() == null
                ? null
                : new SqlIdempotency.Request("POST " + PATH, order.idempotencyKey(), content);
    }

    private KeptAnswer answer(ImportUpload upload) {
        var headers = new LinkedHashMap<String, List<String>>();
        headers.put("Content-Type", List.of("application/json;charset=UTF-8"));
        headers.put("Location", List.of(PATH + "/" + upload.id()));
        try {
            return new KeptAnswer(
                    202, headers, json.writeValueAsBytes(new AcceptedImport(upload.id(), ImportStatus.QUEUED)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(RoutingContext context, Order order, ImportUpload upload, KeptAnswer answer) {
        if (answer.headers().containsKey("Idempotent-Replayed")) {
            chunks.remove(order.caller(), upload.id()).subscribe().with(removed -> {}, late -> {});
        }
        var response = context.response();
        if (!response.ended() && !response.closed()) {
            response.setStatusCode(answer.status());
            answer.headers().forEach(response::putHeader);
            response.end(Buffer.buffer(answer.body()));
        }
    }

    /** An import whose file has been stored, and that is still to be done. */
    record AcceptedImport(UUID id, ImportStatus status) {}
}
