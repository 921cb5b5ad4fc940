package io.switchboard.kit.mail;

import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.outbox.OutboxSender.OutboxRow;
import io.switchboard.kit.secret.RowCipher;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/**
 * Encrypts mails for the outbox and decrypts them: those that hold tokens that set passwords, which a reader of the
 * table or of a dump must not see.
 */
@ApplicationScoped
public class SealedEmail {
    /** The destination of the outbox rows that hold mails. */
    public static final String DESTINATION = "mail";

    /** Takes organization, id and event. */
    public static final String INSERT =
            "insert into outbox (org_id, id, destination, event) values ($1, $2, '" + DESTINATION + "', $3)";

    private static final String TABLE = "outbox";

    private final RowCipher cipher;

    SealedEmail(RowCipher cipher) {
        this.cipher = cipher;
    }

    /** A row of the outbox: it can be decrypted under this organization and id only. */
    public record SealedRow(UUID orgId, UUID id, JsonObject event) {}

    public SealedRow seal(UUID orgId, Email email) {
        var id = UuidV7.next();
        var sealed = cipher.seal(email.json().encode().getBytes(StandardCharsets.UTF_8), orgId, TABLE, id);
        return new SealedRow(
                orgId, id, JsonObject.of("sealed", Base64.getEncoder().encodeToString(sealed)));
    }

    /** Fails with IllegalStateException where it was sealed for another row, or changed since. */
    Email open(OutboxRow row) {
        var sealed = Base64.getDecoder().decode(new JsonObject(row.event()).getString("sealed"));
        var clear = new String(cipher.open(sealed, row.orgId(), TABLE, row.id()), StandardCharsets.UTF_8);
        return Email.of(new JsonObject(clear));
    }
}
