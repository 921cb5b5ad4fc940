package io.switchboard.kit.tenant;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.function.Function;

/**
 * Runs work on entities as one Hibernate Reactive transaction of a tenant: for a caller who acts in another organization than
 * its own. {@link TenantWork} does the same for the caller's own organization.
 */
@ApplicationScoped
public class TenantTransaction {
    private final Admission admission;
    private final Event<Committed> commits;

    TenantTransaction(Admission admission, Event<Committed> commits) {
        this.admission = admission;
        this.commits = commits;
    }

    /** The transaction ends with the work, also when the caller hangs up. */
    public <T> Uni<T> run(CallerContext caller, Function<SessionSql, Uni<T>> work) {
        return admission.run(caller.orgId(), true, () -> future(transaction(caller, work)));
    }

    private <T> Uni<T> transaction(CallerContext caller, Function<SessionSql, Uni<T>> work) {
        return Panache.withTransaction(() -> SessionSql.current()
                        .call(sql -> sql.select(Settings.SQL, Settings.array(caller)))
                        .chain(work::apply))
                .invoke(() -> commits.fire(new Committed()));
    }

    private static <T> Future<T> future(Uni<T> work) {
        var promise = Promise.<T>promise();
        work.subscribe().with(promise::complete, promise::fail);
        return promise.future();
    }
}
