package io.switchboard.auth.token;

import io.switchboard.kit.renewal.SealedTable;
import io.switchboard.kit.renewal.SecretRenewal;
import io.switchboard.kit.secret.RowCipher;
import io.switchboard.kit.tenant.TenantSql;
import jakarta.inject.Singleton;

/** Brings private signing keys under the newest master key. */
@Singleton
class SigningKeyRenewal extends SecretRenewal {

    SigningKeyRenewal(RowCipher cipher, TenantSql sql) {
        super(cipher, sql, SealedTable.ofPlatform(KeyStore.TABLE, "private_key"));
    }
}
