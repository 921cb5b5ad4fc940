package io.switchboard.audit.tree;

/** SQL on the parts of an organization's ($1) blocks that lie in the range of sequences from $2 on, up to but without $3. */
final class BlockRange {
    private static final String BEGIN = "greatest($2 - first, 0)";
    private static final String END = "least($3 - first, count)";

    /** The blocks, in order. */
    static final String BLOCKS = " from blocks where org_id = $1 and first < $3 and first >= coalesce("
            + "(select max(first) from blocks where org_id = $1 and first <= $2), 0) and first + count > $2 order by first";

    static final String IDS = "ids[" + BEGIN + "::int + 1 : " + END + "::int]";

    private BlockRange() {}

    /** @param column with 32 bytes a record */
    static String bytes(String column) {
        return "substr(" + column + ", " + BEGIN + "::int * 32 + 1, (" + END + " - " + BEGIN + ")::int * 32)";
    }
}
