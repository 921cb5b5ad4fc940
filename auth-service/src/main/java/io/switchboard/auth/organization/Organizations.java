package io.switchboard.auth.organization;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.switchboard.auth.totp.SecondFactors;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The organization at hand: who signs up founds one, its admins revise it. */
@ApplicationScoped
public class Organizations {
    /** What {@link #view} reads. */
    static final String COLUMNS = "id, name, slug, domain, status::text as status, time_zone, default_region,"
            + " business_hours, require_totp, metadata, created_at, updated_at, version";

    private static final String SHOW = "select " + COLUMNS + " from organizations where org_id = $1 and id = $1";
    private static final String FOUND = "insert into organizations (org_id, id, name, slug)"
            + " values ($1, $1, $2, claim_slug($3)) returning " + COLUMNS;
    private static final String REVISE = "update organizations set name = $2, domain = $3, time_zone = $4,"
            + " default_region = $5, business_hours = $6, metadata = $7, require_totp = $8"
            + " where org_id = $1 and id = $1 returning " + COLUMNS;
    private static final int LONGEST_SLUG = 50;
    private static final TypeReference<Map<String, List<OrganizationForm.Hours>>> HOURS = new TypeReference<>() {};

    private final TenantSql sql;
    private final ObjectMapper json;
    private final SecondFactors secondFactors;

    Organizations(TenantSql sql, ObjectMapper json, SecondFactors secondFactors) {
        this.sql = sql;
        this.json = json;
        this.secondFactors = secondFactors;
    }

    public Uni<OrganizationView> found(CallerContext caller, Statements statements, String name) {
        return statements.first(FOUND, Tuple.of(caller.orgId(), name, slug(name)), Organizations::view);
    }

    public Uni<String> slug(CallerContext caller) {
        return show(caller).map(OrganizationView::slug);
    }

    Uni<OrganizationView> show(CallerContext caller) {
        return sql.first(caller, SHOW, Tuple.of(caller.orgId()), Organizations::view)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("organization", caller.orgId()));
    }

    /** Until the transaction ends nobody else changes it. Fails with {@code organization_not_found}. */
    Uni<OrganizationView> held(CallerContext caller, Statements statements) {
        return statements
                .first(SHOW + " for update", Tuple.of(caller.orgId()), Organizations::view)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("organization", caller.orgId()));
    }

    /** Fails with {@code totp_not_enrolled}, and as the check and the change do. */
    Uni<OrganizationView> revise(
            CallerContext caller, Consumer<OrganizationView> check, UnaryOperator<OrganizationForm> change) {
        return sql.transaction(caller, statements -> held(caller, statements)
                .invoke(check)
                .chain(organization -> {
                    var form = change.apply(form(organization)).checked();
                    return maySet(caller, statements, form.requireTotp() != organization.requireTotp())
                            .replaceWith(form);
                })
                .chain(form -> statements.first(REVISE, revised(caller, form), Organizations::view)));
    }

    /**
     * Who requires the second factor of others has one: nobody locks the whole organization out, themselves included. And
     * nobody whom a password alone let in lifts the requirement.
     */
    private Uni<Void> maySet(CallerContext caller, Statements statements, boolean another) {
        if (!another) {
            return Uni.createFrom().voidItem();
        }
        return secondFactors
                .isEnrolled(caller, statements)
                .invoke(enrolled -> {
                    if (!enrolled) {
                        throw Problem.conflict("totp_not_enrolled", "Set up your own second factor first.");
                    }
                })
                .replaceWithVoid();
    }

    /** The name in the letters of a URL; {@code organization} where nothing of it fits. */
    static String slug(String name) {
        var plain = Normalizer.normalize(name, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-");
        var cut = plain.length() > LONGEST_SLUG ? plain.substring(0, LONGEST_SLUG) : plain;
        var slug = cut.replaceAll("^-|-$", "");
        return slug.isEmpty() ? "organization" : slug;
    }

    private OrganizationForm form(OrganizationView organization) {
        return new OrganizationForm(
                organization.name(),
                organization.domain(),
                organization.timeZone(),
                organization.defaultRegion(),
                json.convertValue(organization.businessHours(), HOURS),
                organization.requireTotp(),
                organization.metadata());
    }

    private Tuple revised(CallerContext caller, OrganizationForm form) {
        return Tuple.of(
                caller.orgId(),
                form.name(),
                form.domain(),
                form.timeZone(),
                form.defaultRegion(),
                JsonObject.mapFrom(form.businessHours()),
                new JsonObject(form.metadata()),
                form.requireTotp());
    }

    static OrganizationView view(Row row) {
        return new OrganizationView(
                row.getUUID("id"),
                row.getString("name"),
                row.getString("slug"),
                row.getString("domain"),
                row.getString("status"),
                row.getString("time_zone"),
                row.getString("default_region"),
                row.getJsonObject("business_hours").getMap(),
                row.getBoolean("require_totp"),
                row.getJsonObject("metadata").getMap(),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("updated_at"),
                row.getInteger("version"));
    }
}
