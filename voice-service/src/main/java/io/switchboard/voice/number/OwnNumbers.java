package io.switchboard.voice.number;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.IfMatch;
import io.switchboard.kit.http.MergePatch;
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
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The phone numbers of the caller's organization that the caller may see: staff all, a PIN client its own, a user those of own voice
 * agents, an enterprise user those of all voice agents. Row security holds it.
 */
@ApplicationScoped
class OwnNumbers implements PanacheRepositoryBase<PhoneNumber, UUID> {
    private static final String SELECT = "select " + PhoneNumberView.COLUMNS + " from ";
    private static final String ALL = SELECT + "phone_numbers where org_id = $1";
    private static final String OF_CLIENT = SELECT + "get_client_phone_numbers($2) where org_id = $1";
    private static final String OF_OWN_AGENTS =
            "agent_id in (select g.id from agents g where g.org_id = $1 and g.owner_id = ?)";

    private final CallerContext caller;
    private final TenantSql sql;

    OwnNumbers(CallerContext caller, TenantSql sql) {
        this.caller = caller;
        this.sql = sql;
    }

    Uni<PageOf<PhoneNumberView>> list(@Nullable UUID clientId, @Nullable UUID agentId, Page page) {
        return sql.page(
                caller,
                query(caller, clientId, agentId, page),
                PhoneNumberView::of,
                last -> Cursor.at(last.createdAt(), last.id()));
    }

    /** Newest first, which their ids tell. The test of the plans calls it, too. */
    static ListQuery query(CallerContext caller, @Nullable UUID clientId, @Nullable UUID agentId, Page page) {
        var whose = caller.clientId() == null ? clientId : caller.clientId();
        var list = whose == null
                ? new ListQuery(page, ALL, caller.orgId())
                : new ListQuery(page, OF_CLIENT, caller.orgId(), whose).andIfGiven("client_id = ?", clientId);
        if (caller.role().equals("user") && whose == null && agentId == null) {
            list.and(OF_OWN_AGENTS, caller.userId()); // so that the agents' index is used
        }
        return list.andIfGiven("agent_id = ?", agentId).newestFirstById();
    }

    /** Fails with {@code phone_number_not_found}, also for one that the caller may not see. */
    Uni<PhoneNumberView> show(UUID id) {
        return sql.first(caller, ALL + " and id = $2", Tuple.of(caller.orgId(), id), PhoneNumberView::of)
                .onItem()
                .ifNull()
                .failWith(() -> notFound(id));
    }

    /**
     * Fails with {@code phone_number_taken}, and with {@code invalid} for an agent that is not there.
     *
     * @param form with its number as E.164
     */
    @TenantWork
    Uni<PhoneNumberView> create(PhoneNumberForm form) {
        return save(new PhoneNumber(caller, form));
    }

    /**
     * Fails with {@code phone_number_not_found}, {@code changed_meanwhile}, {@code phone_number_taken} or {@code invalid}.
     *
     * @param region of a number without a country
     */
    @TenantWork
    Uni<PhoneNumberView> revise(UUID id, IfMatch ifMatch, MergePatch<PhoneNumberForm> patch, String region) {
        return get(id).invoke(ifMatch::check)
                .invoke(number -> number.revise(patched(number, patch, region)))
                .chain(this::save);
    }

    private static PhoneNumberForm patched(PhoneNumber number, MergePatch<PhoneNumberForm> patch, String region) {
        var form = patch.on(number.form());
        return patch.names("number") ? form.normalized(region) : form;
    }

    /** Fails with {@code phone_number_not_found} or {@code changed_meanwhile}. */
    @TenantWork
    Uni<Void> delete(UUID id, IfMatch ifMatch) {
        return get(id).invoke(ifMatch::check).chain(number -> EntityDeletion.delete(this, number));
    }

    private Uni<PhoneNumber> get(UUID id) {
        return findById(id).onItem().ifNull().failWith(() -> notFound(id));
    }

    /** Writes a new or changed one, and reads back the times that the database sets. */
    private Uni<PhoneNumberView> save(PhoneNumber number) {
        return persistAndFlush(number)
                .call(() -> Panache.getSession().chain(session -> session.refresh(number)))
                .map(PhoneNumber::view);
    }

    private static Problem notFound(UUID id) {
        return Problem.notFound("phone_number", id);
    }
}
