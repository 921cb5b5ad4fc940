package io.switchboard.voice.subscription;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.IfMatch;
import io.switchboard.kit.http.MergePatch;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.member.RecheckCaller;
import io.switchboard.kit.openapi.AlsoAnswers;
import io.switchboard.kit.outgoing.OutgoingUrls;
import io.switchboard.kit.secret.RowCipher;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.EntityDeletion;
import io.switchboard.kit.tenant.TenantWork;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;

/** Webhook subscriptions over HTTP. */
@Path("/api/webhook-subscriptions")
@Tag(name = "Webhook subscriptions")
public class WebhookSubscriptionResource {
    private final CallerContext caller;
    private final WebhookSubscriptions subscriptions;
    private final SubscriptionDeliveries deliveries;
    private final OutgoingUrls urls;
    private final RowCipher cipher;
    private final Duration grace;

    WebhookSubscriptionResource(
            CallerContext caller,
            WebhookSubscriptions subscriptions,
            SubscriptionDeliveries deliveries,
            OutgoingUrls urls,
            RowCipher cipher,
            @ConfigProperty(name = "switchboard.webhooks.grace", defaultValue = "24h") Duration grace) {
        this.caller = caller;
        this.subscriptions = subscriptions;
        this.deliveries = deliveries;
        this.urls = urls;
        this.cipher = cipher;
        this.grace = grace;
    }

    /** A new secret, shown only here, and how long the old one signs too. */
    public record RotatedSecret(
            @Schema(examples = SubscriptionSecret.EXAMPLE) String secret, OffsetDateTime previousValidUntil) {}

    /** Fails with {@code invalid_limit} or {@code invalid_cursor}. */
    @GET
    @Operation(summary = "List webhook subscriptions", description = "Newest first.")
    public Uni<PageOf<WebhookSubscriptionView>> list(@BeanParam Page page) {
        return subscriptions.list(caller, page);
    }

    /** Fails with {@code webhook_subscription_not_found}. */
    @GET
    @Path("{id}")
    @Operation(summary = "Show a webhook subscription", description = "Without its secret, which is shown once.")
    public Uni<WebhookSubscriptionView> show(@RestPath UUID id) {
        return subscriptions.show(caller, id);
    }

    /** Fails with {@code invalid} or {@code webhook_subscription_limit}. */
    @POST
    @RecheckCaller
    @ResponseStatus(201)
    @TenantWork
    @Operation(
            summary = "Subscribe to events",
            description =
                    "They are posted to the URL, signed as Standard Webhooks has it with the secret, which is shown only here."
                            + " An organization has at most 20 subscriptions.")
    public Uni<IssuedSubscription> create(@NotNull @Valid WebhookSubscriptionForm form) {
        var secret = SubscriptionSecret.random();
        var url = urls.require("url", form.url());
        return subscriptions
                .save(new WebhookSubscription(caller, url, form.events(), form.description(), secret, cipher))
                .map(subscription -> subscription.issued(secret));
    }

    /** Fails with {@code webhook_subscription_not_found}, {@code invalid} or {@code changed_meanwhile}. */
    @PATCH
    @RecheckCaller
    @Path("{id}")
    @Consumes({"application/merge-patch+json", "application/json"})
    @TenantWork
    @Operation(
            summary = "Change a webhook subscription",
            description = "What a disabled one was still to be sent is given up; enabled again, it is sent what happens"
                    + " from then on.")
    public Uni<WebhookSubscriptionView> revise(
            @RestPath UUID id,
            @BeanParam IfMatch ifMatch,
            @RequestBodySchema(WebhookSubscriptionChange.class) MergePatch<WebhookSubscriptionChange> patch) {
        return subscriptions
                .get(id)
                .invoke(ifMatch::check)
                .invoke(subscription -> subscription.revise(checked(patch, patch.on(subscription.form()))))
                .chain(subscriptions::save)
                .map(WebhookSubscription::view);
    }

    /** A URL that is not changed is not looked at again. */
    private WebhookSubscriptionChange checked(
            MergePatch<WebhookSubscriptionChange> patch, WebhookSubscriptionChange change) {
        if (patch.names("url")) {
            urls.require("url", change.url());
        }
        return change;
    }

    /** Fails with {@code webhook_subscription_not_found} or {@code changed_meanwhile}. */
    @DELETE
    @RecheckCaller
    @Path("{id}")
    @TenantWork
    @Operation(summary = "Delete a webhook subscription", description = "And the log of its deliveries.")
    public Uni<Void> delete(@RestPath UUID id, @BeanParam IfMatch ifMatch) {
        return subscriptions
                .get(id)
                .invoke(ifMatch::check)
                .chain(subscription -> EntityDeletion.delete(subscriptions, subscription));
    }

    /** Fails with {@code webhook_subscription_not_found}. */
    @POST
    @RecheckCaller
    @Path("{id}/rotate")
    @TenantWork
    @Operation(
            summary = "Change the secret of a webhook subscription",
            description = "The old one signs too for a grace time, a day unless configured otherwise.")
    public Uni<RotatedSecret> rotate(@RestPath UUID id) {
        var secret = SubscriptionSecret.random();
        return subscriptions
                .get(id)
                .invoke(subscription -> subscription.rotate(secret, grace, cipher))
                .map(subscription -> new RotatedSecret(secret, subscription.previousValidUntil()));
    }

    /** Fails with {@code webhook_subscription_not_found} or {@code webhook_subscription_disabled}. */
    @POST
    @RecheckCaller
    @Path("{id}/test")
    @ResponseStatus(202)
    @AlsoAnswers(409)
    @Operation(summary = "Send a webhook subscription an event of the type subscription.test")
    public Uni<SubscriptionDeliveryView> test(@RestPath UUID id) {
        return deliveries.test(caller, id);
    }
}
