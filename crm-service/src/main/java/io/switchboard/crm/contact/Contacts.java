package io.switchboard.crm.contact;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.Tenant;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** The contacts of the organization at hand; the only place with queries on them. */
@ApplicationScoped
class Contacts implements PanacheRepositoryBase<Contact, UUID> {
    private static final String COLUMNS =
            "id, name, phone, email, service_interests, lead_score::text, lead_status::text,"
                    + " last_contact_at, notes, created_at, updated_at, version";
    private static final String SHOW = "select " + COLUMNS + " from contacts where org_id = $1 and id = $2";

    private final TenantSql sql;

    Contacts(TenantSql sql) {
        this.sql = sql;
    }

    /** Fails with {@code contact_not_found}, also for another tenant's contact: row security hides it. */
    Uni<Contact> get(UUID id) {
        return findById(id).onItem().ifNull().failWith(() -> Problem.notFound("contact", id));
    }

    /** Writes what is new or changed, and reads back what the database adds: its times. Fails with {@code contact_phone_taken}. */
    Uni<Contact> save(Contact contact) {
        return persistAndFlush(contact).call(() -> Panache.getSession().chain(session -> session.refresh(contact)));
    }

    /** Fails with {@code contact_not_found}. */
    Uni<ContactView> show(Tenant tenant, UUID id) {
        return sql.first(tenant, SHOW, Tuple.of(tenant.orgId(), id), Contacts::view)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("contact", id));
    }

    private static ContactView view(Row row) {
        var score = row.getString("lead_score");
        return new ContactView(
                row.getUUID("id"),
                row.getString("name"),
                row.getString("phone"),
                row.getString("email"),
                List.of(row.getArrayOfStrings("service_interests")),
                score == null ? null : LeadScore.valueOf(score.toUpperCase(Locale.ROOT)),
                LeadStatus.valueOf(row.getString("lead_status").toUpperCase(Locale.ROOT)),
                row.getOffsetDateTime("last_contact_at"),
                row.getString("notes"),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("updated_at"),
                row.getInteger("version"));
    }
}
