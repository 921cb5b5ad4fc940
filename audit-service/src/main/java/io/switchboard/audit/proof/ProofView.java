package io.switchboard.audit.proof;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a proof looks like, for the OpenAPI document; the verifier's module writes it.
 *
 * @param leaf the canonical text that was hashed
 * @param erasedAt when a part was erased, which is null then; absent else
 * @param index the record's sequence
 * @param hashes from the leaf upwards, base64
 * @param checkpoint a signed note
 * @param keys the vkeys that may have signed it
 */
@Schema(name = "Proof")
record ProofView(
        @Schema(examples = "{\"action\":\"update\",\"sequence\":1042,\"v\":1}")
        Map<String, Object> leaf,

        @Schema(
                examples =
                        "{\"newData\":\"{\\\"name\\\": \\\"Ada\\\"}\",\"salt\":\"0f1e2d3c4b5a69788796a5b4c3d2e1f0\"}")
        @Nullable
        Map<String, String> data,

        @Schema(examples = "{\"ipAddress\":\"203.0.113.7\",\"salt\":\"0f1e2d3c4b5a69788796a5b4c3d2e1f0\"}") @Nullable
        Map<String, String> origin,

        @Nullable OffsetDateTime erasedAt,

        @Schema(examples = "1042") long index,

        @Schema(examples = "[\"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\"]")
        List<String> hashes,

        @Schema(examples = "audit.example.com/0198f2c4-7d3a-7c51-9b1e-2f6a8d4c0e17\\n1043\\n…")
        String checkpoint,

        @Schema(examples = "[\"audit.example.com/0198f2c4-7d3a-7c51-9b1e-2f6a8d4c0e17+2d3c4b5a+AQ…\"]")
        List<String> keys) {}
