package io.switchboard.voice.callstream;

import com.fasterxml.jackson.databind.util.RawValue;
import io.switchboard.kit.access.AccessFilter;
import io.switchboard.kit.stream.EventStreams;
import io.switchboard.kit.stream.StreamKind;
import io.switchboard.kit.stream.StreamedEvent;
import io.switchboard.kit.token.AccessToken;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import java.util.UUID;

/**
 * Calls as they happen: all of an organization's for its staff, those of agents for enterprise users, a user's and a PIN client's own for
 * them.
 */
@ApplicationScoped
class CallStream implements StreamKind {
    static final String PATH = "/api/calls/stream";
    private static final String STATEMENT =
            "select org_id, subject, key, type, item from streamed_calls($1, $2, $3, $4, $5)";
    private static final Set<String> SEES_ALL = Set.of("admin", "agent");
    private static final UUID ALL_AGENTS = new UUID(0, 0); // as in streamed_calls

    private final EventStreams streams;

    CallStream(EventStreams streams) {
        this.streams = streams;
    }

    void register(@Observes Router router) {
        router.get(PATH).handler(this::open);
        router.head(PATH).handler(this::open);
    }

    private void open(RoutingContext context) {
        streams.open(context, this, subject(AccessFilter.token(context)));
    }

    /** The organization for all of its calls, nil for those of agents, else the caller. */
    private static UUID subject(AccessToken token) {
        if (SEES_ALL.contains(token.role())) {
            return token.orgId();
        }
        return token.role().equals("enterprise") ? ALL_AGENTS : UUID.fromString(token.subject());
    }

    @Override
    public String name() {
        return "calls";
    }

    @Override
    public String statement() {
        return STATEMENT;
    }

    @Override
    public StreamedEvent event(Row row) {
        return new StreamedEvent(row.getUUID("key"), row.getString("type"), new RawValue(row.getString("item")));
    }
}
