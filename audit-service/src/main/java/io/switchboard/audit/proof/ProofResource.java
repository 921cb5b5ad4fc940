package io.switchboard.audit.proof;

import io.smallrye.mutiny.Uni;
import io.switchboard.audit.format.InclusionProof;
import io.switchboard.audit.log.AuditLog;
import io.switchboard.audit.log.Readings;
import io.switchboard.audit.tree.NotSealed;
import io.switchboard.kit.openapi.AlsoAnswers;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;

/** Proofs over HTTP, as JSON or as C2SP's text. */
@Path("/api/audit/logs/{id}/proof")
public class ProofResource {
    private final CallerContext caller;
    private final AuditLog log;
    private final Proofs proofs;
    private final Readings readings;

    ProofResource(CallerContext caller, AuditLog log, Proofs proofs, Readings readings) {
        this.caller = caller;
        this.log = log;
        this.proofs = proofs;
        this.readings = readings;
    }

    /** Fails with {@code audit_log_not_found}, {@code not_sealed} or {@code tree_broken}. */
    @GET
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
    @AlsoAnswers({406, 409})
    @Operation(
            summary = "Prove a record",
            description =
                    "That the record is in the tree whose root a checkpoint signs: the leaf, the hashes from it to the root,"
                            + " and the checkpoint. ./switchboard verify-audit checks it offline; docs/audit-format.md has the form. 409"
                            + " not_sealed until the record is sealed, a second or two after it was recorded.")
    @APIResponse(
            responseCode = "200",
            description = "The proof",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = ProofView.class)),
                @Content(
                        mediaType = MediaType.TEXT_PLAIN,
                        schema = @Schema(type = SchemaType.STRING, examples = "c2sp.org/tlog-proof@v1"))
            })
    public Uni<Response> prove(@RestPath UUID id, @Context HttpHeaders headers) {
        var asText = wantsText(headers);
        return log.find(caller, id)
                .call(found -> readings.record(caller, id, found, Map.of("proof", true)))
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("audit_log", id))
                .chain(found -> found.sequence() == null
                        ? Uni.createFrom().failure(NotSealed.problem())
                        : proofs.of(caller, found.orgId(), found.sequence()))
                .map(proof -> answer(proof, asText));
    }

    private static Response answer(InclusionProof proof, boolean asText) {
        return asText
                ? Response.ok(proof.text(), MediaType.TEXT_PLAIN_TYPE.withCharset("UTF-8"))
                        .build()
                : Response.ok(new String(proof.json(), StandardCharsets.UTF_8), MediaType.APPLICATION_JSON_TYPE)
                        .build();
    }

    /** JSON where both would do. */
    private static boolean wantsText(HttpHeaders headers) {
        for (var wanted : headers.getAcceptableMediaTypes()) {
            if (wanted.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
                return false;
            }
            if (wanted.isCompatible(MediaType.TEXT_PLAIN_TYPE)) {
                return true;
            }
        }
        return false;
    }
}
