package io.switchboard.auth.token;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.ResponseHeader;

/** What others need to verify our tokens: the public keys (RFC 7517) and where to find them. */
@Path("/.well-known")
@Produces(MediaType.APPLICATION_JSON)
public class JwksResource {
    private static final String JWKS =
            "{\"keys\": [{\"kty\": \"RSA\", \"use\": \"sig\", \"alg\": \"RS256\", \"kid\": \"2026-01\", \"n\": \"…\", \"e\": \"AQAB\"}]}";

    private final SigningKeys keys;
    private final String issuer;

    JwksResource(SigningKeys keys, @ConfigProperty(name = "switchboard.issuer") String issuer) {
        this.keys = keys;
        this.issuer = issuer;
    }

    @GET
    @Path("jwks.json")
    @ResponseHeader(name = HttpHeaders.CACHE_CONTROL, value = "public, max-age=10")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.OBJECT, examples = JWKS)))
    public String jwks() {
        return keys.ring().jwks();
    }

    @GET
    @Path("openid-configuration")
    @ResponseHeader(name = HttpHeaders.CACHE_CONTROL, value = "public, max-age=300")
    public MetadataView metadata() {
        return new MetadataView(
                issuer,
                issuer + "/.well-known/jwks.json",
                issuer + "/oauth2/token",
                List.of("client_credentials"),
                List.of("client_secret_basic", "client_secret_post"),
                List.of(),
                List.of("public"),
                List.of("RS256"));
    }
}
