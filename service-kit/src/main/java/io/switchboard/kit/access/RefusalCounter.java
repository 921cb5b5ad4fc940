package io.switchboard.kit.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.switchboard.kit.access.CallerRefusals.Limits;
import io.switchboard.kit.access.CallerRefusals.Refusal;
import io.switchboard.kit.outbox.AuditEvent;
import io.switchboard.kit.outbox.AuditTrail;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Counts the refusals of each caller: 403, and 404 if the path names an id. Many of them become one event {@code access_refused} in
 * the audit log of the caller's organization; a single refusal costs no write.
 */
@ApplicationScoped
class RefusalCounter {
    private static final Logger LOG = Logger.getLogger(RefusalCounter.class);

    private final AuditTrail trail;
    private final Origin.Current origins;
    private final Vertx vertx;
    private final Limits limits;
    private final Cache<String, CallerRefusals> callers;

    RefusalCounter(
            AuditTrail trail,
            Origin.Current origins,
            Vertx vertx,
            @ConfigProperty(name = "switchboard.refusals.many", defaultValue = "10") int many,
            @ConfigProperty(name = "switchboard.refusals.window", defaultValue = "5m") Duration window,
            @ConfigProperty(name = "switchboard.refusals.pause", defaultValue = "1m") Duration pause,
            @ConfigProperty(name = "switchboard.refusals.callers", defaultValue = "10000") int mostCallers) {
        this.trail = trail;
        this.origins = origins;
        this.vertx = vertx;
        this.limits = new Limits(many, window.toMillis(), pause.toMillis());
        this.callers = Caffeine.newBuilder()
                .maximumSize(mostCallers)
                .expireAfterAccess(window.plus(pause))
                .build();
    }

    /** Looks at the answer of a request that has ended. */
    void count(RoutingContext context) {
        var status = context.response().getStatusCode();
        if (status == 403 || status == 404) {
            count(context, status == 403);
        }
    }

    private void count(RoutingContext context, boolean isForbidden) {
        var token = AccessFilter.token(context);
        var operation = AccessFilter.operation(context);
        if (token == null || token.orgId() == null || operation == null) {
            return;
        }
        if (isForbidden || operation.path().contains("{")) {
            var caller = token.tenant(origins.of(context));
            var refusals = callers.get(caller.orgId() + " " + caller.principal(), any -> new CallerRefusals(limits));
            refusals.add(new Refusal(operation, isForbidden, nowMillis()))
                    .ifPresent(wait -> reportIn(wait, caller, refusals));
        }
    }

    private void reportIn(long waitMillis, CallerContext caller, CallerRefusals refusals) {
        if (waitMillis == 0) {
            report(caller, refusals);
        } else {
            vertx.setTimer(waitMillis, timer -> report(caller, refusals));
        }
    }

    private void report(CallerContext caller, CallerRefusals refusals) {
        var report = refusals.report(nowMillis());
        var details = Map.of(
                "forbidden", report.forbidden(),
                "notFound", report.notFound(),
                "operations", report.operations());
        trail.record(
                        caller,
                        AuditEvent.failure("access_refused", "operations", null).with(details))
                .subscribe()
                .with(
                        done -> {},
                        failure -> LOG.warnf(
                                "access_refused of %s in %s is not on record (%s): %s",
                                caller.principal(), caller.orgId(), failure.getMessage(), details));
    }

    private static long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
