package io.switchboard.kit.test;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;

/** A caller of the service under test with a signed token. Every new organization is a fresh one. */
public final class Caller {
    private final UUID orgId;
    private final UUID id;
    private final String token;

    private Caller(UUID orgId, UUID id, String token) {
        this.orgId = orgId;
        this.id = id;
        this.token = token;
    }

    public static Caller adminOfNewOrg() {
        return of("admin", UUID.randomUUID());
    }

    public static Caller agentOfNewOrg() {
        return of("agent", UUID.randomUUID());
    }

    /** A person of the organization in the role; also a PIN client, whose role is {@code client}. */
    public static Caller of(String role, UUID orgId) {
        var id = UUID.randomUUID();
        return new Caller(orgId, id, issuer().person(role, orgId, id));
    }

    /** An access key of the organization, made for the role. */
    public static Caller accessKey(String role, UUID orgId) {
        var id = UUID.randomUUID();
        return new Caller(orgId, id, issuer().accessKey(role, orgId, id));
    }

    /** One of our services, acting for the organization; null for none. */
    public static Caller service(String name, UUID orgId) {
        var audience = ConfigProvider.getConfig().getValue("quarkus.application.name", String.class);
        return new Caller(orgId, null, issuer().service(name, audience, orgId == null ? null : orgId.toString()));
    }

    /** A caller with a token from elsewhere, forged ones included. */
    public static Caller with(UUID orgId, UUID id, String token) {
        return new Caller(orgId, id, token);
    }

    public static TestIssuer issuer() {
        return new TestIssuer(ConfigProvider.getConfig().getValue("switchboard.test.issuer-key", String.class));
    }

    public Caller colleague(String role) {
        return of(role, orgId);
    }

    public UUID orgId() {
        return orgId;
    }

    public UUID id() {
        return id;
    }

    public String token() {
        return token;
    }

    public RequestSpecification request() {
        return given().header("Authorization", "Bearer " + token).contentType(ContentType.JSON);
    }

    public Response get(String path, Object... parameters) {
        return request().get(path, parameters);
    }

    public Response post(String path, Object body, Object... parameters) {
        return request().body(body).post(path, parameters);
    }

    public Response put(String path, Object body, Object... parameters) {
        return request().body(body).put(path, parameters);
    }

    public Response patch(String path, Object body, Object... parameters) {
        return request()
                .contentType("application/merge-patch+json; charset=UTF-8")
                .body(body)
                .patch(path, parameters);
    }

    public Response delete(String path, Object... parameters) {
        return request().delete(path, parameters);
    }
}
