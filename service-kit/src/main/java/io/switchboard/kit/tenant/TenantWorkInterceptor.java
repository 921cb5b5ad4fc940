package io.switchboard.kit.tenant;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

/** Runs a {@link TenantWork} method as a transaction of the caller's tenant, once for each {@code Idempotency-Key}. */
@TenantWork
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 200)
class TenantWorkInterceptor {
    private final CallerContext caller;
    private final TenantTransaction transaction;
    private final Idempotency idempotency;

    TenantWorkInterceptor(CallerContext caller, TenantTransaction transaction, Idempotency idempotency) {
        this.caller = caller;
        this.transaction = transaction;
        this.idempotency = idempotency;
    }

    @AroundInvoke
    Object open(InvocationContext call) {
        return transaction.run(caller, sql -> idempotency.runOnce(caller, sql, () -> proceed(call)));
    }

    @SuppressWarnings("unchecked")
    private static Uni<Object> proceed(InvocationContext call) {
        try {
            return (Uni<Object>) call.proceed();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
