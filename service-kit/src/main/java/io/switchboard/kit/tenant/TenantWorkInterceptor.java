package io.switchboard.kit.tenant;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import org.hibernate.reactive.mutiny.Mutiny;
import org.hibernate.reactive.mutiny.impl.MutinySessionImpl;

/** Opens the transaction of {@link TenantWork}, names the tenant, and keeps going when the caller hangs up. */
@TenantWork
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 200)
class TenantWorkInterceptor {
    private final Tenant tenant;
    private final Idempotency idempotency;

    TenantWorkInterceptor(Tenant tenant, Idempotency idempotency) {
        this.tenant = tenant;
        this.idempotency = idempotency;
    }

    @AroundInvoke
    Object open(InvocationContext call) {
        return Shield.around(Panache.withTransaction(
                () -> Panache.getSession().chain(this::name).chain(sql -> idempotency.once(tenant, sql, call))));
    }

    /** Not by createNativeQuery: its plan cache grows by an entry a call. */
    private Uni<SessionSql> name(Mutiny.Session session) {
        var sql = new SessionSql(((MutinySessionImpl) session).getReactiveConnection());
        return sql.select(Settings.SQL, Settings.array(tenant)).replaceWith(sql);
    }
}
