package io.switchboard.bench;

/** Appointments in the database: twenty a day for each organization, around today, with its contacts. */
final class AppointmentRows {
    static final int A_DAY = 20;

    /** Before today, and as many after. */
    static final int DAYS = 50;

    private AppointmentRows() {}

    /** Writes them past triggers and row level security, as a restored dump would be. */
    static void load(OwnSuite suite) {
        suite.run("""
                set session_replication_role = replica;
                insert into crm.appointments (org_id, contact_id, service_type, scheduled_at, duration_minutes, ends_at, blocked, status, notes)
                select c.org_id, c.id, 'Check-up', t.at, 20, t.at + interval '20 minutes', tstzrange(t.at, t.at + interval '20 minutes'),
                    (array['pending', 'confirmed', 'completed', 'cancelled']::crm.appointment_status[])[c.n %% 4 + 1],
                    'Prefers to be called in the afternoon.'
                from (select org_id, id, row_number() over (partition by org_id order by id)::int - 1 as n from crm.contacts) c,
                    lateral (select date_trunc('day', now()) + make_interval(days => c.n / %1$d - %2$d, hours => 8)
                        + (c.n %% %1$d) * interval '20 minutes' as at) t
                where c.n < %1$d * 2 * %2$d
                """.formatted(A_DAY, DAYS), "vacuum (analyze) crm.appointments", "checkpoint");
    }
}
