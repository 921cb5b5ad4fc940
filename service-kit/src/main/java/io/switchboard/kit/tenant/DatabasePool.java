package io.switchboard.kit.tenant;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The service's one pool. {@link Admission} gives out no more work than there are connections, so that what waits here waits for one
 * to be made. A caller is answered in time all the same; a connection that a busy machine makes late still serves.
 */
@Singleton
public class DatabasePool implements PgPoolCreator {
    private final DatabaseConnections connections;
    private final int maxWaiting;

    DatabasePool(
            DatabaseConnections connections,
            @ConfigProperty(name = "switchboard.db.max-waiting", defaultValue = "2000") int maxWaiting) {
        this.connections = connections;
        this.maxWaiting = maxWaiting;
    }

    /** The provider is deprecated in favour of another way to set options; a socket's limits can only be set here. */
    @Override
    @SuppressWarnings("deprecation")
    public Pool create(Input input) {
        var options = input.poolOptions()
                .setConnectionTimeout(DatabaseConnections.LONGEST_START_MILLIS + 500)
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                .setMaxWaitQueueSize(maxWaiting);
        var address = input.pgConnectOptionsList().get(0);
        return PgBuilder.pool()
                .with(options)
                .connectingTo(address)
                .using(input.vertx())
                .build()
                .connectionProvider(connections.connector(input.vertx(), address));
    }
}
