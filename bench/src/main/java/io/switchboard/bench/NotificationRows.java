package io.switchboard.bench;

import java.util.List;
import java.util.stream.Collectors;

/** Notifications in the database: a thousand of each tenant's admin, every tenth unread, among many of other people. */
final class NotificationRows {
    private static final int OF_EACH = 1_000;
    private static final int OTHERS = 200;

    private NotificationRows() {}

    static void load(OwnSuite suite, List<Tenants.Tenant> tenants) {
        String people = tenants.stream()
                .map(tenant -> "('%s'::uuid, '%s'::uuid)".formatted(tenant.orgId(), tenant.userId()))
                .collect(Collectors.joining(", "));
        suite.run("""
                set session_replication_role = replica;
                insert into crm.notifications (org_id, user_id, type, status, title, message, created_at)
                select person.org_id, person.user_id, 'missed_call',
                    (case when i %% 10 = 0 then 'unread' else 'read' end)::crm.notification_status,
                    'Missed call', 'From +1555' || lpad(i::text, 7, '0') || ', who left no message.',
                    now() - make_interval(secs => i)
                from (values %s union all select gen_random_uuid(), gen_random_uuid() from generate_series(1, %d)) person (org_id, user_id),
                    generate_series(1, %d) i
                """.formatted(people, OTHERS, OF_EACH), "vacuum (analyze) crm.notifications", "checkpoint");
    }
}
