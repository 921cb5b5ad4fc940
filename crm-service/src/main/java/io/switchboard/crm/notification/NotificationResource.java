package io.switchboard.crm.notification;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.EnumParam;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.member.Members;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
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
    private final Members members;

    NotificationResource(CallerContext caller, Notifications notifications, Members members) {
        this.caller = caller;
        this.notifications = notifications;
        this.members = members;
    }

    /** Fails with {@code invalid_filter}, {@code invalid_limit} or {@code invalid_cursor}. */
    @GET
    @Operation(
            summary = "List own notifications",
            description = "status is unread, read or archived; absent, all are shown.")
    public Uni<PageOf<NotificationView>> list(@RestQuery @Nullable String status, @BeanParam Page page) {
        return notifications.list(caller, EnumParam.of(NotificationStatus.class, "status", status), page);
    }

    /** Fails with {@code invalid}, also for a user who is no active member. */
    @POST
    @ResponseStatus(201)
    @Operation(
            summary = "Notify a user, or everybody active in some roles",
            description = "The type is system_alert. actionUrl is a path of the product, or begins with https://.")
    public Uni<CreatedNotifications> create(@NotNull @Valid AlertForm form) {
        return members.find(caller, "audience.userId", form.audience().userIds())
                .chain(known -> notifications.create(form));
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
