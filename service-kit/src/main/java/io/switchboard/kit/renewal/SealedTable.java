package io.switchboard.kit.renewal;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table with sealed columns. It also has {@code key_version}, which the database computes from them by
 * {@code sealed_key_version}, {@code lease_until}, an index on both, and a function {@code claim_outdated_<name>}.
 *
 * @param boundTo SQL of the id that its values are sealed for, see RowCipher
 * @param row SQL that names a row by its organization ($1) and id ($2)
 * @param columns may be null
 */
public record SealedTable(String name, String boundTo, String row, List<String> columns) {

    public static SealedTable ofTenants(String name, String boundTo, String... columns) {
        return new SealedTable(name, boundTo, "org_id = $1 and id = $2", List.of(columns));
    }

    /** Its rows belong to no organization; they are claimed and sealed in the name of the platform's. */
    public static SealedTable ofPlatform(String name, String... columns) {
        return new SealedTable(name, "id", "$1::uuid is not null and id = $2", List.of(columns));
    }

    String claim(long version, int atMost) {
        return "select org_id, id from claim_outdated_" + name + "(" + version + ", " + atMost + ")";
    }

    String find() {
        return "select (" + boundTo + ")::text as bound_to, " + String.join(", ", columns) + " from " + name + " where "
                + row + " for update";
    }

    /** Takes the columns from $3 on; the row is free for the next renewal at once. */
    String update() {
        var values = IntStream.range(0, columns.size())
                .mapToObj(i -> columns.get(i) + " = $" + (i + 3))
                .collect(Collectors.joining(", "));
        return "update " + name + " set lease_until = '-infinity', " + values + " where " + row;
    }
}
