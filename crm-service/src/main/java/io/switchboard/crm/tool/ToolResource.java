package io.switchboard.crm.tool;

import static java.util.stream.Collectors.toUnmodifiableMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.KeptAnswer;
import io.switchboard.kit.member.Members;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.problem.Problems;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.SqlIdempotency;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.pgclient.PgException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Does for voice-service what an assistant asks for during a call. */
@Path("/internal/tools")
@Tag(name = "Internal")
public class ToolResource {
    private final CallerContext caller;
    private final Members members;
    private final TenantSql sql;
    private final SqlIdempotency idempotency;
    private final ObjectMapper json;
    private final Map<String, Tool> tools;

    ToolResource(
            CallerContext caller,
            Members members,
            TenantSql sql,
            SqlIdempotency idempotency,
            ObjectMapper json,
            @All List<Tool> tools) {
        this.caller = caller;
        this.members = members;
        this.sql = sql;
        this.idempotency = idempotency;
        this.json = json;
        this.tools = tools.stream().collect(toUnmodifiableMap(Tool::name, Function.identity()));
    }

    /** Fails with {@code tool_not_found} or {@code malformed_json}; all else is an answer that can be said aloud. */
    @POST
    @Path("{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Use a tool for an assistant that is in a call",
            description = "lookup_contact {phone}, upsert_contact {phone, name?, email?, notes?, leadScore?},"
                    + " check_availability {from?, to?, durationMinutes?}, book_appointment {phone, serviceType,"
                    + " scheduledAt, durationMinutes?, name?, notes?}, reschedule_appointment {appointmentId, scheduledAt,"
                    + " durationMinutes?}, cancel_appointment {appointmentId, reason?}, open_ticket {phone?, title, description,"
                    + " name?}, search_knowledge {query}; each takes callId, too. Times without an offset are the organization's. A"
                    + " result is kept under the Idempotency-Key for 24 hours, an error is not.")
    @APIResponse(
            responseCode = "200",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ToolAnswer.class)))
    public Uni<Response> use(
            @RestPath String name,
            @Parameter(description = "The id of the tool call") @HeaderParam("Idempotency-Key") @Nullable String key,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema =
                                                    @Schema(
                                                            type = SchemaType.OBJECT,
                                                            description =
                                                                    "The arguments, as the language model gave them",
                                                            examples = "{\"phone\": \"+15555550142\"}")))
                    byte[] body) {
        var tool = tools.get(name);
        if (tool == null) {
            throw Problem.notFound("tool", name);
        }
        return Uni.createFrom()
                .deferred(() -> answer(tool, ToolArguments.read(body), request(name, key, body)))
                .onFailure(ToolRefusal.class)
                .recoverWithItem(refusal -> answer(refusal.answer()))
                .map(KeptAnswer::response);
    }

    /** What may ask auth-service comes before the transaction. */
    private Uni<KeptAnswer> answer(Tool tool, ToolArguments arguments, SqlIdempotency.@Nullable Request request) {
        return members.settings(caller)
                .chain(settings -> tool.prepare(caller, arguments))
                .chain(work -> sql.transaction(
                        caller,
                        statements -> idempotency.runOnce(caller, statements, request, () -> run(work, statements))));
    }

    private Uni<SqlIdempotency.Outcome> run(Tool.Work work, Statements statements) {
        return work.run(statements)
                .onFailure(ToolResource::isRefusal)
                .transform(refusal -> new ToolRefusal(
                        "That is not possible: " + Problems.of(refusal).getMessage()))
                .map(result -> new SqlIdempotency.Outcome(answer(ToolAnswer.of(result)), result.contactId()));
    }

    /** What the database refuses, as another transaction was faster: it can be said aloud, too. */
    private static boolean isRefusal(Throwable failure) {
        return (failure instanceof PgException || failure instanceof Problem)
                && Problems.of(failure).status() < 500;
    }

    private static SqlIdempotency.@Nullable Request request(String name, @Nullable String key, byte[] body) {
        return key == null || key.isEmpty()
                ? null
                : new SqlIdempotency.Request(
                        "POST /internal/tools/" + name, key, new String(body, StandardCharsets.ISO_8859_1));
    }

    private KeptAnswer answer(ToolAnswer answer) {
        try {
            return new KeptAnswer(
                    200,
                    Map.of("Content-Type", List.of("application/json;charset=UTF-8")),
                    json.writeValueAsBytes(answer));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An answer cannot be written as JSON", e);
        }
    }
}
