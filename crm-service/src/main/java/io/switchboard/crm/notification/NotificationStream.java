package io.switchboard.crm.notification;

import io.switchboard.kit.access.AccessFilter;
import io.switchboard.kit.stream.EventStreams;
import io.switchboard.kit.stream.StreamKind;
import io.switchboard.kit.stream.StreamedEvent;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.UUID;

/** A person's own notifications as they happen. */
@ApplicationScoped
class NotificationStream implements StreamKind {
    static final String PATH = "/api/notifications/stream";
    private static final String STATEMENT = "select org_id, user_id as subject, id as key, " + Notifications.COLUMNS
            + " from streamed_notifications($1, $2, $3, $4, $5)";

    private final EventStreams streams;

    NotificationStream(EventStreams streams) {
        this.streams = streams;
    }

    void register(@Observes Router router) {
        router.get(PATH).handler(this::open);
        router.head(PATH).handler(this::open);
    }

    private void open(RoutingContext context) {
        streams.open(context, this, UUID.fromString(AccessFilter.token(context).subject()));
    }

    @Override
    public String name() {
        return "notifications";
    }

    @Override
    public String statement() {
        return STATEMENT;
    }

    @Override
    public StreamedEvent event(Row row) {
        var notification = Notifications.view(row);
        return new StreamedEvent(notification.id(), notification.type().wire(), notification);
    }
}
