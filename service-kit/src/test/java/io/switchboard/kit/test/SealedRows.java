package io.switchboard.kit.test;

import io.switchboard.kit.secret.RowCipher;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Sealed values in the database, past the service under test, whose keyset has an old key and a primary key.
 *
 * @param orgId SQL of the organization that they are sealed for
 * @param boundTo SQL of the id that they are sealed for
 * @param where which rows
 */
public record SealedRows(String table, String column, String orgId, String boundTo, String where) {
    private static final HexFormat HEX = HexFormat.of();

    private record SealedValue(String row, UUID orgId, String boundTo, byte[] sealed) {}

    /** As they would be, had the old key been the primary one when they were written. */
    public void sealUnderOldKey() {
        var now = Keysets.cipher(keyset());
        var before = Keysets.cipher(Keysets.oldestAlone(keyset()));
        values().forEach(value -> {
            var clear = now.open(value.sealed(), value.orgId(), table, value.boundTo());
            var sealed = before.seal(clear, value.orgId(), table, value.boundTo());
            Sql.superuser()
                    .run("update " + table + " set " + column + " = decode('" + HEX.formatHex(sealed)
                            + "', 'hex') where id = '" + value.row() + "'");
        });
    }

    /** How many of them the primary key does not protect, as the service counts them too. */
    public long outdated() {
        var version = Keysets.cipher(keyset()).version();
        return Sql.superuser()
                .number("select count(*) from " + table + " where key_version <> " + version + " and " + where);
    }

    public List<String> openByAllKeys() {
        return open(Keysets.cipher(keyset()));
    }

    /** As after the old key has left the keyset. */
    public List<String> openByPrimaryKeyAlone() {
        return open(Keysets.cipher(Keysets.primaryAlone(keyset())));
    }

    private List<String> open(RowCipher cipher) {
        return values().stream()
                .map(value -> HEX.formatHex(cipher.open(value.sealed(), value.orgId(), table, value.boundTo())))
                .toList();
    }

    private List<SealedValue> values() {
        var row = "concat_ws('|', id, " + orgId + ", " + boundTo + ", encode(" + column + ", 'hex'))";
        return Sql.superuser()
                .column("select " + row + " from " + table + " where " + column + " is not null and " + where
                        + " order by id")
                .stream()
                .map(text -> text.split("\\|"))
                .map(parts -> new SealedValue(parts[0], UUID.fromString(parts[1]), parts[2], HEX.parseHex(parts[3])))
                .toList();
    }

    private static String keyset() {
        return ConfigProvider.getConfig().getValue("switchboard.seal.keyset", String.class);
    }
}
