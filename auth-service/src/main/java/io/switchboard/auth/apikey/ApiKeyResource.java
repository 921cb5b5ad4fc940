package io.switchboard.auth.apikey;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** The API keys of the user who calls, one a provider. Only voice-service can read a key again. */
@Path("/api/api-keys")
public class ApiKeyResource {
    private final CallerContext caller;
    private final ApiKeys keys;

    ApiKeyResource(CallerContext caller, ApiKeys keys) {
        this.caller = caller;
        this.keys = keys;
    }

    @GET
    public Uni<PageOf<ApiKeyView>> list(@BeanParam Page page) {
        return keys.list(caller, page);
    }

    /** Fails with {@code provider_not_found}, or {@code invalid} for a key that is none of the provider's. */
    @PUT
    @Path("{provider}")
    @Operation(
            summary = "Keep the key of a provider",
            description =
                    "201 for the first key of the provider, else 200. A key is one text; Twilio's is accountSid:authToken,"
                            + " Plivo's authId:authToken, Vonage's applicationId: and the private key (PKCS #8) in Base64.")
    @APIResponse(
            responseCode = "200",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ApiKeyView.class)))
    @APIResponse(
            responseCode = "201",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ApiKeyView.class)))
    public Uni<RestResponse<ApiKeyView>> put(@RestPath String provider, @NotNull @Valid ApiKeyForm form) {
        var known = ApiKeyProvider.of(provider);
        known.require(form.apiKey());
        return keys.put(caller, known, form).map(ApiKeyResource::answer);
    }

    /** Fails with {@code api_key_not_found}. */
    @DELETE
    @Path("{provider}")
    public Uni<Void> delete(@RestPath String provider) {
        return keys.delete(caller, provider);
    }

    /** Fails with {@code api_key_not_found}. */
    @POST
    @Path("{provider}/rotate")
    @Operation(summary = "Encrypt the kept key anew", description = "Under the newest master key and a fresh data key.")
    public Uni<ApiKeyView> rotate(@RestPath String provider) {
        return keys.rotate(caller, provider);
    }

    private static RestResponse<ApiKeyView> answer(ApiKeys.Kept kept) {
        var status = kept.isNew() ? RestResponse.Status.CREATED : RestResponse.Status.OK;
        return ResponseBuilder.create(status, kept.key()).build();
    }
}
