package io.switchboard.kit.outbox;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Puts facts that are no row changes into the outbox, in the transaction they belong to; row changes come by trigger. */
@ApplicationScoped
public class Outbox {
    public static final String INSERT = "insert into outbox (org_id, id, event) values ($1, $2, $3)";

    private final String service;

    Outbox(@ConfigProperty(name = "quarkus.application.name") String service) {
        this.service = service;
    }

    public Uni<Void> record(CallerContext caller, Statements statements, AuditEvent fact) {
        return statements.run(INSERT, entry(caller, fact).row()).replaceWithVoid();
    }

    /** For those who insert it with statements of their own. */
    public Entry entry(CallerContext caller, AuditEvent fact) {
        var id = UuidV7.next();
        return new Entry(caller.orgId(), id, event(caller, fact, id));
    }

    /**
     * A row of the outbox.
     *
     * @param event a fact as audit-service takes it
     */
    public record Entry(UUID orgId, UUID id, JsonObject event) {

        /** The arguments of {@link #INSERT}. */
        public Tuple row() {
            return Tuple.of(orgId, id, event);
        }
    }

    private JsonObject event(CallerContext caller, AuditEvent fact, UUID id) {
        var origin = caller.origin();
        return new JsonObject()
                .put("id", id.toString())
                .put("orgId", caller.orgId().toString())
                .put("occurredAt", Instant.now().toString())
                .put("actorId", actor(caller))
                .put("actorType", actorType(caller))
                .put("action", fact.action())
                .put("resourceType", fact.resourceType())
                .put("resourceId", fact.resourceId())
                .put("service", service)
                .put("newData", fact.details().isEmpty() ? null : JsonObject.mapFrom(fact.details()))
                .put("ipAddress", origin.address())
                .put("userAgent", origin.userAgent())
                .put("requestId", origin.requestId())
                .put("outcome", fact.outcome());
    }

    private static @Nullable String actor(CallerContext caller) {
        if (caller.userId() != null) {
            return caller.userId().toString();
        }
        return caller.clientId() != null ? caller.clientId().toString() : caller.service();
    }

    private static String actorType(CallerContext caller) {
        if (caller.clientId() != null) {
            return "client";
        }
        if (caller.userId() != null) {
            return "user";
        }
        return caller.role().toLowerCase(Locale.ROOT).equals("service") ? "service" : "system";
    }
}
