package io.switchboard.voice.subscription;

import io.switchboard.kit.renewal.SealedTable;
import io.switchboard.kit.renewal.SecretRenewal;
import io.switchboard.kit.secret.RowCipher;
import io.switchboard.kit.tenant.TenantSql;
import jakarta.inject.Singleton;

/** Brings the secrets of webhook subscriptions under the newest master key. */
@Singleton
class SubscriptionSecretRenewal extends SecretRenewal {

    SubscriptionSecretRenewal(RowCipher cipher, TenantSql sql) {
        super(cipher, sql, SealedTable.ofTenants(WebhookSubscription.TABLE, "id", "secret", "previous_secret"));
    }
}
