package io.switchboard.voice.number;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Filters;
import io.switchboard.kit.http.IfMatch;
import io.switchboard.kit.http.MergePatch;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.voice.call.Regions;
import io.switchboard.voice.client.Clients;
import io.switchboard.voice.provider.Providers;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Phone numbers over HTTP. */
@Path("/api/phone-numbers")
@Tag(name = "Phone numbers")
public class PhoneNumberResource {
    private final CallerContext caller;
    private final OwnNumbers numbers;
    private final Clients clients;
    private final Providers providers;
    private final Regions regions;

    PhoneNumberResource(
            CallerContext caller, OwnNumbers numbers, Clients clients, Providers providers, Regions regions) {
        this.caller = caller;
        this.numbers = numbers;
        this.clients = clients;
        this.providers = providers;
        this.regions = regions;
    }

    /** Fails with {@code invalid_filter}, {@code invalid_limit} or {@code invalid_cursor}. */
    @GET
    @Operation(
            summary = "List phone numbers",
            description = "Newest first. A PIN client sees its own, a user those of own voice agents.")
    public Uni<PageOf<PhoneNumberView>> list(
            @RestQuery @Parameter(description = "Of this PIN client") @Nullable String clientId,
            @RestQuery @Parameter(description = "That this voice agent answers") @Nullable String agentId,
            @BeanParam Page page) {
        return numbers.list(Filters.uuid("clientId", clientId), Filters.uuid("agentId", agentId), page);
    }

    /** Fails with {@code phone_number_not_found}. */
    @GET
    @Path("{id}")
    @Operation(summary = "Show a phone number")
    public Uni<PhoneNumberView> show(@RestPath UUID id) {
        return numbers.show(id);
    }

    /**
     * Fails with {@code phone_number_taken}, and with {@code invalid} for what is no telephone number, and a provider, an agent or an
     * active client that is not there.
     */
    @POST
    @ResponseStatus(201)
    @Operation(
            summary = "Add a phone number",
            description =
                    "Its calls from now on are the agent's and the client's. It is unique in the organization: a second one is refused"
                            + " with 409 phone_number_taken.")
    public Uni<PhoneNumberView> create(@NotNull @Valid PhoneNumberForm form) {
        checkProvider(form);
        return checkClient(form.clientId())
                .chain(() -> regions.of(caller))
                .chain(region -> numbers.create(form.normalized(region)));
    }

    /** Fails with {@code phone_number_not_found}, {@code changed_meanwhile}, {@code phone_number_taken}, or {@code invalid} as {@link #create}. */
    @PATCH
    @Path("{id}")
    @Consumes({"application/merge-patch+json", "application/json"})
    @Operation(summary = "Change a phone number", description = "Past calls stay whose they are.")
    public Uni<PhoneNumberView> revise(
            @RestPath UUID id,
            @BeanParam IfMatch ifMatch,
            @RequestBodySchema(PhoneNumberForm.class) MergePatch<PhoneNumberForm> patch) {
        return numbers.show(id)
                .chain(before -> check(before, patch.on(before.form())))
                .chain(() -> regions.of(caller))
                .chain(region -> numbers.revise(id, ifMatch, patch, region));
    }

    /** Fails with {@code phone_number_not_found} or {@code changed_meanwhile}. */
    @DELETE
    @Path("{id}")
    @Operation(summary = "Delete a phone number", description = "Its calls remain.")
    public Uni<Void> delete(@RestPath UUID id, @BeanParam IfMatch ifMatch) {
        return numbers.delete(id, ifMatch);
    }

    /** A client who stays may have been switched off since, and a provider may be gone. */
    private Uni<?> check(PhoneNumberView before, PhoneNumberForm form) {
        if (!form.provider().equals(before.provider())) {
            checkProvider(form);
        }
        return checkClient(Objects.equals(form.clientId(), before.clientId()) ? null : form.clientId());
    }

    private Uni<?> checkClient(@Nullable UUID id) {
        return id == null ? Uni.createFrom().voidItem() : clients.findActive(caller, "clientId", id);
    }

    private void checkProvider(PhoneNumberForm form) {
        if (providers.named(form.provider()) == null) {
            throw Problem.invalid("provider", providers.rule());
        }
    }
}
