package io.switchboard.kit.tenant;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Event;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

/** Opens the transaction of {@link TenantWork}, names the tenant, and keeps going when the caller hangs up. */
@TenantWork
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 200)
class TenantWorkInterceptor {
    private final CallerContext caller;
    private final Admission admission;
    private final Idempotency idempotency;
    private final Event<Committed> commits;

    TenantWorkInterceptor(
            CallerContext caller, Admission admission, Idempotency idempotency, Event<Committed> commits) {
        this.caller = caller;
        this.admission = admission;
        this.idempotency = idempotency;
        this.commits = commits;
    }

    @AroundInvoke
    Object open(InvocationContext call) {
        return admission.run(caller.orgId(), true, () -> future(transaction(call)));
    }

    private Uni<?> transaction(InvocationContext call) {
        return Panache.withTransaction(
                        () -> SessionSql.current().call(this::name).chain(sql -> idempotency.once(caller, sql, call)))
                .invoke(() -> commits.fire(new Committed()));
    }

    private static Future<Object> future(Uni<?> work) {
        var promise = Promise.promise();
        work.subscribe().with(promise::complete, promise::fail);
        return promise.future();
    }

    private Uni<?> name(SessionSql sql) {
        return sql.select(Settings.SQL, Settings.array(caller));
    }
}
