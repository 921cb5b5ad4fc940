package io.switchboard.auth.client;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.switchboard.auth.pin.NewPin;
import io.switchboard.auth.pin.PinForm;
import io.switchboard.auth.pin.PinView;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.ListQuery;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.tenant.TenantWork;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** The clients of an organization. */
@ApplicationScoped
public class Clients implements PanacheRepositoryBase<Client, UUID> {
    private static final String COLUMNS =
            "select id, company_name, contact_email, is_active, created_at, updated_at, version from clients where org_id = $1";
    private static final String SHOW = COLUMNS + " and id = $2";

    private final TenantSql sql;
    private final CallerContext caller;

    Clients(TenantSql sql, CallerContext caller) {
        this.sql = sql;
        this.caller = caller;
    }

    /** Fails with {@code client_not_found}, also for another organization's client. */
    Uni<Client> get(UUID id) {
        return findById(id).onItem().ifNull().failWith(() -> Problem.notFound("client", id));
    }

    /** Writes new and changed values, and reads back those that the database adds. Fails with {@code client_pin_taken}. */
    Uni<Client> save(Client client) {
        return persistAndFlush(client).call(() -> Panache.getSession().chain(session -> session.refresh(client)));
    }

    /** Fails with {@code client_pin_taken}. */
    @TenantWork
    Uni<ClientView> add(NewClientForm form, NewPin pin) {
        return save(new Client(caller, form, pin)).map(client -> client.view(pin.isChosen() ? null : pin.pin()));
    }

    /** Fails with {@code client_not_found} or {@code client_pin_taken}. */
    @TenantWork
    Uni<PinView> give(UUID id, PinForm form, NewPin pin) {
        return get(id).invoke(client -> client.give(pin)).chain(this::save).replaceWith(() -> new PinView(pin.pin()));
    }

    /** Fails with {@code client_not_found}. */
    Uni<ClientView> show(UUID id) {
        return sql.first(caller, SHOW, Tuple.of(caller.orgId(), id), Clients::view)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("client", id));
    }

    /** What other services may know of a client. Fails with {@code client_not_found}. */
    public Uni<ClientCopy> copy(CallerContext tenant, UUID id) {
        return sql.first(
                        tenant,
                        SHOW,
                        Tuple.of(tenant.orgId(), id),
                        row -> new ClientCopy(
                                row.getString("company_name"), row.getBoolean("is_active"), row.getInteger("version")))
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("client", id));
    }

    Uni<PageOf<ClientView>> list(Page page) {
        var list = new ListQuery(page, COLUMNS, caller.orgId()).newestFirst();
        return sql.page(caller, list, Clients::view, view -> Cursor.at(view.createdAt(), view.id()));
    }

    private static ClientView view(Row row) {
        return new ClientView(
                row.getUUID("id"),
                row.getString("company_name"),
                row.getString("contact_email"),
                row.getBoolean("is_active"),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("updated_at"),
                null,
                row.getInteger("version"));
    }
}
