package io.switchboard.kit.member;

import io.quarkus.arc.properties.IfBuildProperty;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NameBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * For operations that hand out something which outlives an access token. Refuses with {@code unauthorized} a user who, by the copy
 * kept here, is switched off or has another role by now. Unknown users pass: their copy has not arrived yet.
 */
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface RecheckCaller {

    /** The filter behind the annotation. */
    @Singleton
    @IfBuildProperty(name = "switchboard.members", stringValue = "true")
    class Check {
        private static final String GONE =
                "select id from members where org_id = $1 and id = $2 and (not is_active or role <> $3)";

        private final CallerContext caller;
        private final TenantSql sql;

        Check(CallerContext caller, TenantSql sql) {
            this.caller = caller;
            this.sql = sql;
        }

        @RecheckCaller
        @ServerRequestFilter
        Uni<Void> check() {
            return sql.first(
                            caller,
                            GONE,
                            Tuple.of(caller.orgId(), caller.userId(), caller.role()),
                            row -> row.getUUID("id"))
                    .onItem()
                    .ifNotNull()
                    .failWith(Problem::unauthorized)
                    .replaceWithVoid();
        }
    }
}
