package io.switchboard.crm;

import io.switchboard.kit.test.Sql;
import io.switchboard.kit.test.SqlSession;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Appointments of an organization that are booked and moved as the service's own role does, by SQL. */
public final class BookedBySql {
    private final UUID org;

    public BookedBySql(UUID org) {
        this.org = org;
    }

    /** A contact; its e-mail may be null. */
    public UUID contact(@Nullable String email) {
        var id = UUID.randomUUID();
        run("insert into contacts (org_id, id, name, email) values ('%s', '%s', 'Ada Lovelace', %s)"
                .formatted(org, id, email == null ? "null" : "'" + email + "'"));
        return id;
    }

    /** @param from now, such as {@code 25 hours} */
    public UUID appointment(UUID contact, String from, @Nullable UUID assignee) {
        var id = UUID.randomUUID();
        run(
                "insert into appointments (org_id, id, contact_id, service_type, scheduled_at, duration_minutes, assignee_id)"
                        + " values ('%s', '%s', '%s', 'Cleaning', now() + interval '%s', 30, %s) on conflict do nothing"
                                .formatted(org, id, contact, from, assignee == null ? "null" : "'" + assignee + "'"));
        return id;
    }

    /** @param assignments such as {@code status = 'cancelled'} */
    public void set(UUID appointment, String assignments) {
        run("update appointments set %s where org_id = '%s' and id = '%s'".formatted(assignments, org, appointment));
    }

    public String value(UUID appointment, String expression) {
        return Sql.superuser()
                .value("select %s from appointments where org_id = '%s' and id = '%s'"
                        .formatted(expression, org, appointment));
    }

    /** One transaction of an agent. */
    public void run(String... statements) {
        try (SqlSession session = Sql.app(org, UUID.randomUUID(), "agent").open()) {
            session.run(statements);
            session.commit();
        }
    }
}
