package io.switchboard.auth.apikey;

import io.switchboard.kit.renewal.SealedTable;
import io.switchboard.kit.renewal.SecretRenewal;
import io.switchboard.kit.secret.RowCipher;
import io.switchboard.kit.tenant.TenantSql;
import jakarta.inject.Singleton;

/** Brings API keys under the newest master key. */
@Singleton
class ApiKeyRenewal extends SecretRenewal {

    ApiKeyRenewal(RowCipher cipher, TenantSql sql) {
        super(cipher, sql, SealedTable.ofTenants(ApiKeys.TABLE, ApiKeys.BOUND_TO, "ciphertext"));
    }
}
