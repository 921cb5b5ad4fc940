package io.switchboard.audit.seal;

import static org.awaitility.Awaitility.await;

import io.switchboard.kit.test.Sql;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** What the tables say of an organization's tree. */
record SealedOrganization(UUID orgId) {

    /** Ids in the order of the tree. */
    List<String> ids() {
        return column("select unnest(ids)::text from blocks where org_id = :org order by first");
    }

    /** Ids in the order in which they were recorded. */
    List<String> recorded() {
        return column("select id::text from audit_logs where org_id = :org order by no");
    }

    long size() {
        return Long.parseLong(column("select coalesce(max(size), 0) from trees where org_id = :org")
                .get(0));
    }

    void awaitSize(long size) {
        await().atMost(Duration.ofSeconds(30)).until(() -> size() == size);
    }

    List<String> column(String query) {
        return Sql.superuser().column(query.replace(":org", "'" + orgId + "'"));
    }
}
