package io.switchboard.voice.webhook;

import io.switchboard.kit.renewal.SealedTable;
import io.switchboard.kit.renewal.SecretRenewal;
import io.switchboard.kit.secret.RowCipher;
import io.switchboard.kit.tenant.TenantSql;
import jakarta.inject.Singleton;

/** Brings the secrets of webhook endpoints under the newest master key. */
@Singleton
class EndpointSecretRenewal extends SecretRenewal {

    EndpointSecretRenewal(RowCipher cipher, TenantSql sql) {
        super(cipher, sql, SealedTable.ofTenants(WebhookEndpoint.TABLE, "id", "secret", "previous_secret"));
    }
}
