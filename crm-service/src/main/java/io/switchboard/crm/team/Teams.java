package io.switchboard.crm.team;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.IfMatch;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.EntityDeletion;
import io.switchboard.kit.tenant.ListQuery;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.tenant.TenantWork;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** The teams of an organization; {@link TeamMembers} has who is in them. */
@ApplicationScoped
public class Teams implements PanacheRepositoryBase<Team, UUID> {
    private static final String LIST = "select " + TeamView.COLUMNS + " from teams where org_id = $1";
    private static final String FIND = "select id from teams where org_id = $1 and id = $2";

    /** A team may have had more tickets than the foreign key's {@code set null} could write in time. */
    private static final String RELEASE = "select release_tickets($1) as released";

    private final TenantSql sql;

    Teams(TenantSql sql) {
        this.sql = sql;
    }

    /** Fails with {@code team_not_found}, also for another tenant's: row security hides it. */
    Uni<Team> get(UUID id) {
        return findById(id).onItem().ifNull().failWith(() -> Problem.notFound("team", id));
    }

    /** Fails with {@code team_not_found}. */
    Uni<Void> check(CallerContext caller, UUID id) {
        return sql.first(caller, FIND, Tuple.of(caller.orgId(), id), row -> row.getUUID("id"))
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("team", id))
                .replaceWithVoid();
    }

    /** Writes a new or changed one, and reads back the times that the database sets. Fails with {@code team_name_taken}. */
    Uni<Team> save(Team team) {
        return persistAndFlush(team).call(() -> Panache.getSession().chain(session -> session.refresh(team)));
    }

    /** Fails with {@code team_not_found} or {@code changed_meanwhile}. */
    @TenantWork
    Uni<Team> check(UUID id, IfMatch ifMatch) {
        return get(id).invoke(ifMatch::check);
    }

    /** Takes all its tickets from it, a bounded number at a time. */
    Uni<Void> release(CallerContext caller, UUID id) {
        return sql.call(caller, RELEASE, Tuple.of(id))
                .map(rows -> rows.iterator().next().getInteger("released"))
                .repeat()
                .whilst(released -> released > 0)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Fails with {@code team_not_found} or {@code changed_meanwhile}. */
    @TenantWork
    Uni<Void> delete(UUID id, IfMatch ifMatch) {
        return get(id).invoke(ifMatch::check).chain(team -> EntityDeletion.delete(this, team));
    }

    Uni<PageOf<TeamView>> list(CallerContext caller, Page page) {
        return sql.boundedPage(
                caller,
                query(caller.orgId(), page),
                TeamView::of,
                List.of("description", "case when pg_column_size(metadata) > 60 then metadata::text end"),
                last -> new Cursor(last.name(), last.id()));
    }

    /** The test of the plan calls it, too. */
    static ListQuery query(UUID orgId, Page page) {
        var list = new ListQuery(page, LIST, orgId);
        var after = page.after();
        return (after == null ? list : list.and("name > ?", after.key())).ordered("name");
    }
}
