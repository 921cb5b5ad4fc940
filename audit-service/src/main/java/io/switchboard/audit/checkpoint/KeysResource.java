package io.switchboard.audit.checkpoint;

import io.switchboard.kit.tenant.CallerContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The public keys of checkpoints. */
@Path("/api/audit/keys")
public class KeysResource {
    private static final String OPERATOR = "platform_admin";

    private final CallerContext caller;
    private final SigningKeys keys;

    KeysResource(CallerContext caller, SigningKeys keys) {
        this.caller = caller;
        this.keys = keys;
    }

    /** @param items the newest first; those that no longer sign, too */
    public record KeyList(List<CheckpointKeyView> items) {}

    @GET
    @Operation(
            summary = "The public keys of signed checkpoints",
            description =
                    "For verify-audit and every other reader of signed notes (C2SP). Keep them apart from what they verify.")
    public KeyList list() {
        var name = OPERATOR.equals(caller.role()) ? keys.origin() : keys.origin(caller.orgId());
        return new KeyList(
                keys.all().stream().map(key -> CheckpointKeyView.of(key, name)).toList());
    }
}
