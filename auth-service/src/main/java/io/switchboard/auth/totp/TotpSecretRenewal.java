package io.switchboard.auth.totp;

import io.switchboard.kit.renewal.SealedTable;
import io.switchboard.kit.renewal.SecretRenewal;
import io.switchboard.kit.secret.RowCipher;
import io.switchboard.kit.tenant.TenantSql;
import jakarta.inject.Singleton;

/** Brings TOTP secrets under the newest master key. */
@Singleton
class TotpSecretRenewal extends SecretRenewal {

    TotpSecretRenewal(RowCipher cipher, TenantSql sql) {
        super(cipher, sql, SealedTable.ofTenants(SecondFactors.TABLE, "id", "seed"));
    }
}
