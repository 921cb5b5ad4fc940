package io.switchboard.voice.subscription;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.EnumParam;
import io.switchboard.kit.http.Filters;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.member.RecheckCaller;
import io.switchboard.kit.openapi.AlsoAnswers;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What a webhook subscription is sent and was, over HTTP. */
@Path("/api/webhook-subscriptions/{id}/deliveries")
@Tag(name = "Webhook subscriptions")
public class SubscriptionDeliveryResource {
    private final CallerContext caller;
    private final SubscriptionDeliveries deliveries;

    SubscriptionDeliveryResource(CallerContext caller, SubscriptionDeliveries deliveries) {
        this.caller = caller;
        this.deliveries = deliveries;
    }

    /** Fails with {@code webhook_subscription_not_found}, {@code invalid_filter}, {@code invalid_limit} or {@code invalid_cursor}. */
    @GET
    @Operation(
            summary = "List what a subscription was sent",
            description = "Newest first, for 30 days after their end.")
    public Uni<PageOf<SubscriptionDeliveryView>> list(
            @RestPath UUID id,
            @RestQuery @Nullable @Parameter(description = "pending, delivered or failed") String status,
            @RestQuery @Nullable @Parameter(description = "Such as contact.created") String type,
            @BeanParam Page page) {
        return deliveries.list(caller, id, EnumParam.of(DeliveryStatus.class, "status", status), known(type), page);
    }

    /** Fails with {@code webhook_subscription_not_found}, {@code subscription_delivery_not_found} or {@code webhook_subscription_disabled}. */
    @POST
    @RecheckCaller
    @Path("{deliveryId}/resend")
    @ResponseStatus(202)
    @AlsoAnswers(409)
    @Operation(
            summary = "Send an event again",
            description = "With the same webhook-id and from the first try on, also one that was delivered.")
    public Uni<SubscriptionDeliveryView> resend(@RestPath UUID id, @RestPath UUID deliveryId) {
        return deliveries.resend(caller, id, deliveryId);
    }

    private static @Nullable String known(@Nullable String type) {
        var asked = Filters.text("type", type);
        if (asked != null && !EventTypes.ALL.contains(asked) && !asked.equals(EventTypes.TEST)) {
            throw Filters.invalid("type", "is one of: " + String.join(", ", EventTypes.ALL) + ", " + EventTypes.TEST);
        }
        return asked;
    }
}
