package io.switchboard.voice.assistant;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Filters;
import io.switchboard.kit.http.IfMatch;
import io.switchboard.kit.http.MergePatch;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
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

/** Clients' assistants over HTTP. */
@Path("/api/assistants")
@Tag(name = "Assistants")
public class AssistantResource {
    private final CallerContext caller;
    private final Assistants assistants;
    private final Clients clients;
    private final Providers providers;

    AssistantResource(CallerContext caller, Assistants assistants, Clients clients, Providers providers) {
        this.caller = caller;
        this.assistants = assistants;
        this.clients = clients;
        this.providers = providers;
    }

    /** Fails with {@code invalid_filter}, {@code invalid_limit} or {@code invalid_cursor}. */
    @GET
    @Operation(
            summary = "List assistants",
            description = "Newest first. A PIN client sees its own, a user those of own voice agents.")
    public Uni<PageOf<AssistantView>> list(
            @RestQuery @Parameter(description = "Of this PIN client") @Nullable String clientId,
            @RestQuery @Parameter(description = "Of this voice agent") @Nullable String agentId,
            @BeanParam Page page) {
        return assistants.list(Filters.uuid("clientId", clientId), Filters.uuid("agentId", agentId), page);
    }

    /** Fails with {@code assistant_not_found}. */
    @GET
    @Path("{id}")
    @Operation(summary = "Show an assistant")
    public Uni<AssistantView> show(@RestPath UUID id) {
        return assistants.show(id);
    }

    /** Fails with {@code invalid} for an active client, an agent or a provider that is not there, and where nothing is behind it. */
    @POST
    @ResponseStatus(201)
    @Operation(
            summary = "Assign an assistant to a PIN client",
            description = "A voice agent, or an assistant at a provider. What is not given is as the agent has it.")
    public Uni<AssistantView> create(@NotNull @Valid AssistantForm form) {
        var checked = form.checked(providers);
        checkProvider(checked);
        return clients.findActive(caller, "clientId", checked.clientId()).chain(() -> assistants.create(checked));
    }

    /**
     * Fails with {@code assistant_not_found}, {@code changed_meanwhile}, {@code invalid} as {@link #create}, and {@code forbidden} for a
     * PIN client that names another field than its own six.
     */
    @PATCH
    @Path("{id}")
    @Consumes({"application/merge-patch+json", "application/json"})
    @Operation(
            summary = "Change an assistant",
            description =
                    "A PIN client may change displayName, firstMessage, voice, model, evalMethod and maxCallDuration of its own;"
                            + " any other field is 403, which lists it, and then nothing is changed. The next call has what changed.")
    public Uni<AssistantView> revise(
            @RestPath UUID id,
            @BeanParam IfMatch ifMatch,
            @RequestBodySchema(AssistantForm.class) MergePatch<AssistantForm> patch) {
        if (caller.clientId() != null) {
            patch.requireOnly(AssistantForm.OF_CLIENTS);
            return assistants.reviseOwn(id, ifMatch, patch);
        }
        return assistants
                .show(id)
                .chain(before -> check(before, patch.on(before.form()).checked(providers)))
                .chain(() -> assistants.revise(id, ifMatch, patch));
    }

    /** Fails with {@code assistant_not_found} or {@code changed_meanwhile}. */
    @DELETE
    @Path("{id}")
    @Operation(summary = "Take an assistant from its client", description = "Its calls remain.")
    public Uni<Void> delete(@RestPath UUID id, @BeanParam IfMatch ifMatch) {
        return assistants.delete(id, ifMatch);
    }

    /** A client who stays may have been switched off since, and a provider may be gone. */
    private Uni<?> check(AssistantView before, AssistantForm form) {
        if (!Objects.equals(form.provider(), before.provider())) {
            checkProvider(form);
        }
        return form.clientId().equals(before.clientId())
                ? Uni.createFrom().voidItem()
                : clients.findActive(caller, "clientId", form.clientId());
    }

    private void checkProvider(AssistantForm form) {
        if (form.provider() != null && providers.named(form.provider()) == null) {
            throw Problem.invalid("provider", providers.rule());
        }
    }
}
