package io.switchboard.voice.webhook;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.IfMatch;
import io.switchboard.kit.http.MergePatch;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.member.RecheckCaller;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.secret.RowCipher;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.EntityDeletion;
import io.switchboard.kit.tenant.TenantWork;
import io.switchboard.voice.provider.Provider;
import io.switchboard.voice.provider.Providers;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
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
import org.jspecify.annotations.Nullable;

/** Webhook endpoints over HTTP. */
@Path("/api/webhook-endpoints")
@Tag(name = "Webhook endpoints")
public class WebhookEndpointResource {
    private final CallerContext caller;
    private final WebhookEndpoints endpoints;
    private final Providers providers;
    private final EndpointCache cache;
    private final PublicUrl url;
    private final RowCipher cipher;
    private final CurrentVertxRequest request;
    private final Duration grace;

    WebhookEndpointResource(
            CallerContext caller,
            WebhookEndpoints endpoints,
            Providers providers,
            EndpointCache cache,
            PublicUrl url,
            RowCipher cipher,
            CurrentVertxRequest request,
            @ConfigProperty(name = "switchboard.webhooks.grace", defaultValue = "24h") Duration grace) {
        this.caller = caller;
        this.endpoints = endpoints;
        this.providers = providers;
        this.cache = cache;
        this.url = url;
        this.cipher = cipher;
        this.request = request;
        this.grace = grace;
    }

    /** The secret that the provider signs with from now on; null for a random one. */
    public record RotationForm(
            @Nullable @Pattern(regexp = WebhookEndpointForm.SECRET, message = WebhookEndpointForm.SECRET_RULE)
            String secret) {}

    /** A new secret, shown only here, and how long the old one is valid too. */
    public record Rotated(
            @Schema(examples = "Gq2mW0s5bV8xk3n1") String secret, OffsetDateTime previousValidUntil) {}

    /** Fails with {@code invalid_limit} or {@code invalid_cursor}. */
    @GET
    @Operation(summary = "List webhook endpoints", description = "Newest first.")
    public Uni<PageOf<WebhookEndpointView>> list(@BeanParam Page page) {
        return endpoints.list(caller, page);
    }

    /** Fails with {@code webhook_endpoint_not_found}. */
    @GET
    @Path("{id}")
    @Operation(summary = "Show a webhook endpoint", description = "Without its secret, which is shown once.")
    public Uni<WebhookEndpointView> show(@RestPath UUID id) {
        return endpoints.show(caller, id);
    }

    /** Fails with {@code invalid} for a provider that is not known, and for a secret or an option that it does not take. */
    @POST
    @RecheckCaller
    @ResponseStatus(201)
    @TenantWork
    @Operation(
            summary = "Add a webhook endpoint",
            description = "The answer has the URL to tell the provider and the secret, which is shown only here.")
    public Uni<IssuedEndpoint> create(@NotNull @Valid WebhookEndpointForm form) {
        var provider = known(form.provider());
        var options = EndpointRules.options(provider, form.options());
        var secret = EndpointRules.secret(provider, form.secret(), options);
        return endpoints
                .save(new WebhookEndpoint(caller, provider.name(), form.label(), options, secret, cipher))
                .map(endpoint -> endpoint.issued(url, secret));
    }

    /** Fails with {@code webhook_endpoint_not_found}, {@code changed_meanwhile}, or {@code invalid} for an option as {@link #create} does. */
    @PATCH
    @RecheckCaller
    @Path("{id}")
    @Consumes({"application/merge-patch+json", "application/json"})
    @TenantWork
    @Operation(
            summary = "Change a webhook endpoint",
            description = "Its label and options; new options hold within seconds, for what was signed before, too.")
    public Uni<WebhookEndpointView> revise(
            @RestPath UUID id,
            @BeanParam IfMatch ifMatch,
            @RequestBodySchema(WebhookEndpointPatch.class) MergePatch<WebhookEndpointPatch> patch) {
        return endpoints
                .get(id)
                .invoke(ifMatch::check)
                .invoke(endpoint -> revise(endpoint, patch))
                .chain(endpoints::save)
                .map(endpoint -> endpoint.view(url));
    }

    /** Fails with {@code webhook_endpoint_not_found} or {@code changed_meanwhile}. */
    @DELETE
    @RecheckCaller
    @Path("{id}")
    @TenantWork
    @Operation(summary = "Delete a webhook endpoint", description = "The events that it took remain.")
    public Uni<Void> delete(@RestPath UUID id, @BeanParam IfMatch ifMatch) {
        return endpoints
                .get(id)
                .invoke(ifMatch::check)
                .invoke(endpoint -> invalidateOnceAnswered(id))
                .chain(endpoint -> EntityDeletion.delete(endpoints, endpoint));
    }

    /** Fails with {@code webhook_endpoint_not_found}, or with {@code invalid} for a secret that the provider does not take. */
    @POST
    @RecheckCaller
    @Path("{id}/rotate")
    @TenantWork
    @Operation(
            summary = "Change the secret of a webhook endpoint",
            description = "The old one verifies too for a grace time, a day unless configured otherwise.")
    public Uni<Rotated> rotate(@RestPath UUID id, @Nullable @Valid RotationForm form) {
        return endpoints
                .get(id)
                .map(endpoint -> rotated(endpoint, form == null ? null : form.secret()))
                .invoke(rotated -> invalidateOnceAnswered(id));
    }

    private void revise(WebhookEndpoint endpoint, MergePatch<WebhookEndpointPatch> patch) {
        var revised = patch.on(endpoint.form());
        var provider = known(endpoint.provider());
        var options = EndpointRules.options(provider, revised.options());
        if (!options.equals(endpoint.options())) {
            EndpointRules.secret(provider, endpoint.secret(cipher), options); // the secret must fit them
        }
        endpoint.revise(revised.label(), options);
        invalidateOnceAnswered(endpoint.id());
    }

    private Rotated rotated(WebhookEndpoint endpoint, @Nullable String given) {
        var secret = EndpointRules.secret(known(endpoint.provider()), given, endpoint.options());
        endpoint.rotate(secret, grace, cipher);
        return new Rotated(secret, endpoint.previousValidUntil());
    }

    private Provider known(String name) {
        var provider = providers.named(name);
        if (provider == null) {
            throw Problem.invalid("provider", providers.rule());
        }
        return provider;
    }

    /** The answer is sent after the commit; a look-up before that would cache the old state. */
    private void invalidateOnceAnswered(UUID id) {
        request.getCurrent().addHeadersEndHandler(answering -> cache.invalidate(id));
    }
}
