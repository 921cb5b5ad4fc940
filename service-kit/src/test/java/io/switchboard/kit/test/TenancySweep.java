package io.switchboard.kit.test;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.kit.access.AccessTable;
import io.switchboard.kit.access.Operation;
import io.switchboard.kit.tenant.CallerContext;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.function.Executable;

/**
 * Calls every operation of the service without a token (401), in every role and as every service that may not (403) and that may (as
 * documented), as an access key where those may not (403), and each that names an id as a stranger (404). The OpenAPI document and the access table must speak of the same operations.
 */
public final class TenancySweep {
    private static final Set<String> ROLES =
            Set.of("admin", "agent", "user", "enterprise", "customer", "client", "platform_admin", "totp_pending");

    private static final Set<String> SERVICES = Set.of("auth-service", "crm-service", "voice-service", "audit-service");

    private final Map<String, ?> bodies;
    private final Set<String> notById;
    private final JsonObject document = new JsonObject(
            given().accept("application/json").get("/q/openapi?format=json").asString());
    private final String service = ConfigProvider.getConfig().getValue("quarkus.application.name", String.class);

    private final BiFunction<String, UUID, Caller> people;

    private TenancySweep(Map<String, ?> bodies, Set<String> notById, BiFunction<String, UUID, Caller> people) {
        this.bodies = bodies;
        this.notById = notById;
        this.people = people;
    }

    /**
     * @param bodies a valid body for each operation ("POST /path") that needs one before it looks the id up
     * @param notById operations whose path parameter names no row of a tenant; the list only shrinks
     */
    public static void run(Map<String, ?> bodies, Set<String> notById) {
        run(bodies, notById, Caller::of);
    }

    /**
     * @param people creates a caller in a role, of the organization or of another one of its choice
     */
    public static void run(Map<String, ?> bodies, Set<String> notById, BiFunction<String, UUID, Caller> people) {
        var sweep = new TenancySweep(bodies, notById, people);
        var checks = sweep.operations().flatMap(sweep::checks).collect(Collectors.toList());
        checks.add(sweep::documentedAsTabled);
        assertAll(checks);
    }

    private Stream<Operation> operations() {
        return AccessTable.all().filter(operation -> operation.service().equals(service));
    }

    private Stream<Executable> checks(Operation operation) {
        if (operation.isPublic()) {
            return Stream.empty();
        }
        var name = operation.method() + " " + operation.path();
        var forbidden = ROLES.stream()
                .filter(role -> !operation.roles().contains(role))
                .map(role -> (Executable) () -> assertEquals(
                        403,
                        status(operation, Caller.of(role, UUID.randomUUID()).token()),
                        name + " as " + role));
        var admitted = operation.roles().stream()
                .map(role -> admitted(operation, name + " as " + role, () -> people.apply(role, organization(role))));
        var services = SERVICES.stream().map(service -> service(operation, name, service));
        var people = Stream.concat(Stream.concat(forbidden, admitted), accessKeys(operation, name));
        var known = Stream.concat(people, services);
        Executable anonymous = () -> assertEquals(401, status(operation, null), name + " without a token");
        Executable stranger = () -> assertEquals(404, status(operation, stranger(operation)), name + " as a stranger");
        return operation.path().contains("{") && !notById.contains(name)
                ? Stream.concat(Stream.of(anonymous, stranger), known)
                : Stream.concat(Stream.of(anonymous), known);
    }

    /** A permitted caller gets an answer of the operation itself, with a status that the document lists. */
    private Executable admitted(Operation operation, String what, Supplier<Caller> caller) {
        return () -> {
            var status = status(operation, caller.get().token());
            assertFalse(Set.of(401, 403).contains(status), what + " is refused with " + status);
            assertTrue(documented(operation).contains(status), what + ": nothing documents the answer " + status);
        };
    }

    /** The access filter refuses access keys, in any role, if an operation is for people only. */
    private Stream<Executable> accessKeys(Operation operation, String name) {
        return operation.roles().stream().filter(role -> operation.peopleOnly()).map(role -> () -> {
            var key = Caller.accessKey(role, organization(role));
            assertEquals(403, status(operation, key.token()), name + " as an access key, " + role);
        });
    }

    /** For a tenant, as services act on each other's internal paths. */
    private Executable service(Operation operation, String name, String service) {
        var caller = Caller.service(service, UUID.randomUUID());
        return operation.services().contains(service)
                        || operation.suiteServices().contains(service)
                ? admitted(operation, name + " as " + service, () -> caller)
                : () -> assertEquals(403, status(operation, caller.token()), name + " as " + service);
    }

    private static UUID organization(String role) {
        return role.equals("platform_admin") ? CallerContext.PLATFORM : UUID.randomUUID();
    }

    private Set<Integer> documented(Operation operation) {
        return document
                .getJsonObject("paths")
                .getJsonObject(operation.path())
                .getJsonObject(operation.method().toLowerCase(Locale.ROOT))
                .getJsonObject("responses")
                .fieldNames()
                .stream()
                .map(Integer::valueOf)
                .filter(status -> status < 500)
                .collect(Collectors.toSet());
    }

    private String stranger(Operation operation) {
        return operation.roles().isEmpty()
                ? Caller.service(operation.services().iterator().next(), UUID.randomUUID())
                        .token()
                : people.apply(operation.roles().iterator().next(), UUID.randomUUID())
                        .token();
    }

    private int status(Operation operation, String token) {
        var path = operation.path().replaceAll("\\{[^}]+}", UUID.randomUUID().toString());
        return operation.isStream() ? StreamHead.status(path, token) : status(operation, path, token);
    }

    private int status(Operation operation, String path, String token) {
        var request = given().urlEncodingEnabled(false).contentType(operation.mediaType());
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (!operation.method().equals("GET")) {
            var body = bodies.get(operation.method() + " " + operation.path());
            if (body != null || operation.mediaType().endsWith("json")) {
                request.body(body == null ? Map.of() : body);
            }
        }
        return request.request(operation.method(), path).statusCode();
    }

    private void documentedAsTabled() {
        var documented = new TreeSet<String>();
        document.getJsonObject("paths").forEach(path -> ((JsonObject) path.getValue())
                .fieldNames().stream()
                        .filter(method ->
                                Set.of("get", "put", "post", "patch", "delete").contains(method))
                        .forEach(method -> documented.add(method.toUpperCase() + " " + path.getKey())));
        var tabled = operations()
                .map(operation -> operation.method() + " " + operation.path())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(tabled, documented, "operations in access.txt and in the OpenAPI document");
    }
}
