package io.switchboard.crm;

import io.switchboard.kit.test.SchemaChecks;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SchemaTest {
    @Test
    void tables_keep_tenants_apart_and_changesets_can_be_undone() {
        SchemaChecks.run(
                "crm",
                Set.of("search_contacts", "contacts_interested_in", "create_notification", "expire_old_notifications"),
                Set.of(),
                Set.of());
    }
}
