package io.switchboard.audit.seal;

import static io.switchboard.audit.SampleEvents.event;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.audit.SampleEvents;
import io.switchboard.audit.format.TreeHash;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A tree of almost 256³ leaves is written past the sealer; it grows over the end of a tile of each of two levels. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class FullTilesTest {
    private static final int WIDTH = 256;
    private static final long FULL = (long) WIDTH * WIDTH * WIDTH;
    private static final long SIZE = FULL - 10;

    final UUID org = UUID.randomUUID();
    final SealedOrganization sealed = new SealedOrganization(org);

    @Test
    void a_tile_is_there_as_soon_as_it_is_full() {
        fill();
        SampleEvents.record(IntStream.range(0, 9).mapToObj(i -> event(org)).toList());
        sealed.awaitSize(FULL - 1);
        assertEquals(List.of("0"), sealed.column("select count(*) from tiles where org_id = :org and index = 255"));

        SampleEvents.record(IntStream.range(0, 6).mapToObj(i -> event(org)).toList());
        sealed.awaitSize(FULL + 5);
        var leaves =
                bytes("select encode(string_agg(leaves, '' order by first), 'hex') from blocks where org_id = :org");
        var lastTile =
                bytes("select encode(hashes, 'hex') from tiles where org_id = :org and level = 1 and index = 255");
        for (int node = 0; node < WIDTH; node++) {
            assertEquals(root(leaves, node), hash(lastTile, node), "node " + node);
        }
        var above = bytes("select encode(hashes, 'hex') from tiles where org_id = :org and level = 2 and index = 0");
        for (int node : List.of(0, 7, 254, 255)) {
            var below = bytes(
                    "select encode(hashes, 'hex') from tiles where org_id = :org and level = 1 and index = " + node);
            assertEquals(root(below, 0), hash(above, node), "node " + node);
        }
    }

    /** Leaves of the last tile alone, and the tiles of all before it. */
    private void fill() {
        Sql.superuser()
                .run(
                        "insert into trees (org_id, size, frontier, last_no, sealed_at) select '" + org + "', " + SIZE
                                + ", decode(repeat('ab', 32 * " + Long.bitCount(SIZE) + "), 'hex'), 0, now()",
                        "insert into tiles (org_id, level, index, hashes) select '" + org + "', 1, i, string_agg("
                                + "sha256(convert_to(i || '-' || j, 'UTF8')), '' order by j)"
                                + " from generate_series(0, 254) i, generate_series(0, 255) j group by i",
                        "insert into blocks (org_id, first, count, last_no, ids, leaves, salts, sealed_at)"
                                + " select '" + org + "', " + (FULL - WIDTH * WIDTH) + " + b * 4096, n, b - 100,"
                                + " array_agg(gen_random_uuid()), string_agg(sha256(convert_to(b || '-' || j, 'UTF8')), '' order by j),"
                                + " decode(repeat('cd', 32 * n), 'hex'), now()"
                                + " from generate_series(0, 15) b, lateral (select case when b = 15 then 4086 else 4096 end as n) c,"
                                + " generate_series(1, n) j group by b, n");
    }

    private byte[] bytes(String query) {
        return HexFormat.of().parseHex(sealed.column(query).get(0));
    }

    private static String hash(byte[] hashes, int place) {
        return HexFormat.of().formatHex(hashes, place * 32, place * 32 + 32);
    }

    /** Of the place's 256 hashes. */
    private static String root(byte[] hashes, int place) {
        var level = IntStream.range(place * WIDTH, (place + 1) * WIDTH)
                .mapToObj(i -> Arrays.copyOfRange(hashes, i * 32, i * 32 + 32))
                .toList();
        while (level.size() > 1) {
            var nodes = level;
            level = IntStream.range(0, nodes.size() / 2)
                    .mapToObj(i -> TreeHash.node(nodes.get(2 * i), nodes.get(2 * i + 1)))
                    .toList();
        }
        return HexFormat.of().formatHex(level.get(0));
    }
}
