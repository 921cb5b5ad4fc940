package io.switchboard.auth.token;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.ResponseStatus;

/** The platform's signing keys, for operators. */
@Path("/api/admin/signing-keys")
public class SigningKeyResource {
    private final CallerContext operator;
    private final SigningKeys keys;

    SigningKeyResource(CallerContext operator, SigningKeys keys) {
        this.operator = operator;
        this.keys = keys;
    }

    /** While a next key waits, that one is the answer. */
    @POST
    @Path("rotate")
    @ResponseStatus(202)
    @Operation(
            summary = "Sign with a new key soon",
            description =
                    "It is published at once and signs after 60 seconds; the old one stays published until its last"
                            + " token has expired. While a next key waits, that one is the answer.")
    public Uni<NextKeyView> rotate() {
        return keys.rotate(operator).map(NextKeyView::of);
    }
}
