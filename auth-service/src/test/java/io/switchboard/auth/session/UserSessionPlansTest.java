package io.switchboard.auth.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.switchboard.kit.http.Page;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.test.TestDatabase;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class UserSessionPlansTest {
    private static final UUID ACME = UUID.randomUUID();
    private static final UUID ADA = UUID.randomUUID();
    private static final Pattern ANY_INDEX = Pattern.compile("refresh_families_\\w+");

    /** One user with 20,000 sign-ins, and 3,000 organizations with three users of one. */
    private static final String FILL = """
            insert into refresh_families (org_id, id, user_id, token_hash, created_at)
            select case when n <= 20000 then '%s'::uuid else md5('org ' || n %% 3000)::uuid end, gen_random_uuid(),
                case when n <= 20000 then '%s'::uuid else md5('user ' || n)::uuid end, '', now() - n * interval '1 second'
            from generate_series(1, 29000) n""";

    @Test
    void the_list_walks_its_index() {
        try (var database = TestDatabase.migrated("auth");
                var superuser = database.sql("auth").withoutTriggers().open()) {
            superuser.run(FILL.formatted(ACME, ADA), "analyze refresh_families");
            var ada = CallerContext.Value.user(ACME, ADA, "user", Origin.worker());
            try (var app = database.sql("auth")
                    .caller(ACME, "user")
                    .with("app.user_id", ADA)
                    .open()) {
                var plans = app.explain(UserSessions.query(ada, new Page()));
                assertFalse(plans.contains("Seq Scan"), plans);
                var indexes = ANY_INDEX.matcher(plans).results().map(found -> found.group());
                assertEquals(
                        "refresh_families_of",
                        String.join(" ", indexes.distinct().toList()),
                        plans);
            }
        }
    }
}
