package io.switchboard.audit;

import io.switchboard.kit.test.SchemaChecks;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SchemaTest {

    @Test
    void every_table_and_partition_is_held_to_its_tenant() {
        SchemaChecks.run(
                "audit",
                Set.of(
                        "record_events",
                        "ensure_partitions",
                        "seal_horizon",
                        "unsealed_records",
                        "unsealed_since",
                        "growing_trees",
                        "tile_sources",
                        "seal",
                        "begin_check",
                        "end_check",
                        "begin_full_check",
                        "end_full_check",
                        "added_record",
                        "is_elsewhere",
                        "lease_publishing",
                        "release_publishing",
                        "journal_backlog",
                        "journal_blocks",
                        "mark_published"),
                Set.of("seal_cursor", "publishing"),
                Set.of("audit_logs", "trees", "blocks", "tiles", "erased_parts", "integrity_checks"));
    }
}
