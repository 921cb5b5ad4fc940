package io.switchboard.auth.serviceaccount;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.accesskey.KeyCredentials;
import io.switchboard.auth.accesskey.KeyLogin;
import io.switchboard.auth.token.IssuedToken;
import io.switchboard.auth.token.TokenIssuer;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.request.Origin;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The token endpoint of OAuth 2.0 (RFC 6749), for the services themselves and for access keys. Its refusals are that RFC's, not
 * problem documents; only being throttled (429) is one.
 */
@Path("/oauth2/token")
public class TokenResource {
    private final ServiceAccounts accounts;
    private final KeyLogin keys;
    private final TokenIssuer issuer;
    private final Origin.Current origin;

    TokenResource(ServiceAccounts accounts, KeyLogin keys, TokenIssuer issuer, Origin.Current origin) {
        this.accounts = accounts;
        this.keys = keys;
        this.issuer = issuer;
        this.origin = origin;
    }

    /** Takes the body as it came: what cannot be read has an answer of the RFC's, too. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RequestBody(
            content =
                    @Content(
                            schema =
                                    @Schema(
                                            type = SchemaType.OBJECT,
                                            requiredProperties = "grant_type",
                                            properties = {
                                                @SchemaProperty(
                                                        name = "grant_type",
                                                        enumeration = "client_credentials"),
                                                @SchemaProperty(
                                                        name = "client_id",
                                                        description =
                                                                "absent with HTTP Basic or an access key as bearer"),
                                                @SchemaProperty(
                                                        name = "client_secret",
                                                        description =
                                                                "absent with HTTP Basic or an access key as bearer"),
                                                @SchemaProperty(
                                                        name = "resource",
                                                        description = "services: the peer that is to take the token"),
                                                @SchemaProperty(
                                                        name = "org_id",
                                                        format = "uuid",
                                                        description = "services: the tenant it is for"),
                                                @SchemaProperty(
                                                        name = "on_behalf_of",
                                                        description =
                                                                "services: JSON with sub, and groups with the one role")
                                            })))
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = TokenView.class)))
    @APIResponse(
            responseCode = "400",
            description = "invalid_request, unsupported_grant_type, invalid_scope or invalid_target",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = RefusalView.class)))
    @APIResponse(
            responseCode = "401",
            description = "invalid_client",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = RefusalView.class)))
    public Uni<RestResponse<Object>> issue(
            byte @Nullable [] body, @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        var from = origin.get();
        return Uni.createFrom()
                .item(() -> TokenRequest.of(body, authorization))
                .chain(request -> request.key() == null ? forService(request, from) : forKey(request.key(), from))
                .map(token -> answer(200, TokenView.of(token)))
                .onFailure(TokenResource::isUnauthorized)
                .transform(refused -> new TokenRefusal(401, "invalid_client"))
                .onFailure(TokenRefusal.class)
                .recoverWithItem(TokenResource::refused);
    }

    private Uni<IssuedToken> forService(TokenRequest request, Origin from) {
        return accounts.check(request.clientId(), request.clientSecret(), from)
                .chain(() ->
                        issuer.forService(request.clientId(), request.target(), request.orgId(), request.person()));
    }

    private Uni<IssuedToken> forKey(KeyCredentials key, Origin from) {
        return keys.of(key, from).chain(holder -> issuer.forAccessKey(holder.orgId(), holder.id(), holder.role()));
    }

    private static boolean isUnauthorized(Throwable failure) {
        return failure instanceof Problem problem && problem.status() == 401;
    }

    private static RestResponse<Object> refused(TokenRefusal refusal) {
        return answer(refusal.status(), new RefusalView(refusal.error()));
    }

    private static RestResponse<Object> answer(int status, Object body) {
        var response = ResponseBuilder.create(status).entity(body).type(MediaType.APPLICATION_JSON);
        return (status == 401 ? response.header(HttpHeaders.WWW_AUTHENTICATE, "Basic") : response).build();
    }
}
