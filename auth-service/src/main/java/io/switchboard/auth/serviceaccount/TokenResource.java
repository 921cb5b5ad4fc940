package io.switchboard.auth.serviceaccount;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.token.TokenIssuer;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/** The token endpoint of OAuth 2.0 (RFC 6749), for the services themselves. Its refusals are that RFC's, not problem documents. */
@Path("/oauth2/token")
public class TokenResource {
    private final ServiceAccounts accounts;
    private final TokenIssuer issuer;

    TokenResource(ServiceAccounts accounts, TokenIssuer issuer) {
        this.accounts = accounts;
        this.issuer = issuer;
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RequestBody(
            content =
                    @Content(
                            schema =
                                    @Schema(
                                            type = SchemaType.OBJECT,
                                            requiredProperties = {"grant_type", "resource"},
                                            properties = {
                                                @SchemaProperty(
                                                        name = "grant_type",
                                                        enumeration = "client_credentials"),
                                                @SchemaProperty(
                                                        name = "client_id",
                                                        description = "absent with HTTP Basic"),
                                                @SchemaProperty(
                                                        name = "client_secret",
                                                        description = "absent with HTTP Basic"),
                                                @SchemaProperty(
                                                        name = "resource",
                                                        description = "the peer that is to take the token"),
                                                @SchemaProperty(
                                                        name = "org_id",
                                                        format = "uuid",
                                                        description = "the tenant it is for"),
                                                @SchemaProperty(
                                                        name = "on_behalf_of",
                                                        description = "JSON: sub, and groups with the one role")
                                            })))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = TokenView.class)))
    public Uni<RestResponse<Object>> issue(
            MultivaluedMap<String, String> form,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        return Uni.createFrom()
                .item(() -> TokenRequest.of(form, authorization))
                .chain(this::issued)
                .map(token -> answer(200, token))
                .onFailure(TokenRefusal.class)
                .recoverWithItem(TokenResource::refused);
    }

    private Uni<TokenView> issued(TokenRequest request) {
        return accounts.matches(request.clientId(), request.clientSecret())
                .chain(matches -> matches
                        ? issuer.forService(request.clientId(), request.resource(), request.orgId(), request.person())
                        : Uni.createFrom().failure(new TokenRefusal(401, "invalid_client")))
                .map(token -> new TokenView(token, "Bearer", TokenIssuer.EXPIRES_IN));
    }

    private static RestResponse<Object> refused(TokenRefusal refusal) {
        return answer(refusal.status(), Map.of("error", refusal.error()));
    }

    private static RestResponse<Object> answer(int status, Object body) {
        var response = ResponseBuilder.create(status)
                .entity(body)
                .type(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
        return (status == 401 ? response.header(HttpHeaders.WWW_AUTHENTICATE, "Basic") : response).build();
    }
}
