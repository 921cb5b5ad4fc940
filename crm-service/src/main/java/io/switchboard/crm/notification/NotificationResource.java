package io.switchboard.crm.notification;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.EnumParam;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** A person's own notifications over HTTP. */
@Path("/api/notifications")
@Tag(name = "Notifications")
public class NotificationResource {
    private final CallerContext caller;
    private final Notifications notifications;

    NotificationResource(CallerContext caller, Notifications notifications) {
        this.caller = caller;
        this.notifications = notifications;
    }

    /** Fails with {@code invalid_filter}, {@code invalid_limit} or {@code invalid_cursor}. */
    @GET
    @Operation(
            summary = "List own notifications",
            description = "status is unread, read or archived; absent, all are shown.")
    public Uni<PageOf<NotificationView>> list(@RestQuery @Nullable String status, @BeanParam Page page) {
        return notifications.list(caller, EnumParam.of(NotificationStatus.class, "status", status), page);
    }

    /** How many are unread. */
    public record Unread(long count) {}

    @GET
    @Path("unread-count")
    @Operation(summary = "Count own unread notifications")
    public Uni<Unread> unread() {
        return notifications.countUnread(caller).map(Unread::new);
    }

    /** Fails with {@code notification_not_found}. */
    @POST
    @Path("{id}/read")
    @Operation(summary = "Mark as read", description = "What is archived stays so.")
    public Uni<NotificationView> read(@RestPath UUID id) {
        return notifications.read(caller, id);
    }

    /** Fails with {@code notification_not_found}. */
    @POST
    @Path("{id}/archive")
    @Operation(summary = "Put away", description = "It counts as read.")
    public Uni<NotificationView> archive(@RestPath UUID id) {
        return notifications.archive(caller, id);
    }

    @POST
    @Path("read-all")
    @ResponseStatus(204)
    @Operation(summary = "Mark all unread ones as read")
    public Uni<Void> readAll() {
        return notifications.readAll(caller);
    }
}
