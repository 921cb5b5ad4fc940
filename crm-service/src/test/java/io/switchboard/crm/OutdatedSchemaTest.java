package io.switchboard.crm;

import static io.restassured.RestAssured.given;
import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.migrate.Migration;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.TestDatabase;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that is started before its schema is there. */
@QuarkusTest
@TestProfile(OutdatedSchemaTest.BeforeItsSchema.class)
class OutdatedSchemaTest {
    @ConfigProperty(name = "quarkus.management.port")
    int management;

    @ConfigProperty(name = "switchboard.db.url")
    String database;

    @TempDir
    Path release;

    @Test
    void a_service_waits_for_its_schema_and_serves_on_a_newer_one() throws IOException {
        var agent = Caller.agentOfNewOrg();
        await().atMost(ofSeconds(20)).untilAsserted(() -> given().port(management)
                .get("/q/health/ready")
                .then()
                .statusCode(503)
                .body(containsString("schema crm is older than this service; run its migration")));
        agent.get("/api/contacts")
                .then()
                .statusCode(503)
                .header("Retry-After", is("2"))
                .body("type", endsWith("unavailable"));
        given().get("/api/contacts").then().statusCode(401);

        Migration.run("jdbc:" + database, "crm", TestDatabase.PASSWORD, newerRelease());
        await().atMost(ofSeconds(20))
                .untilAsserted(() ->
                        given().port(management).get("/q/health/ready").then().statusCode(200));
        agent.get("/api/contacts").then().statusCode(200);
    }

    /** This release's changelog and one changeset more. */
    private ClassLoader newerRelease() throws IOException {
        var own = Thread.currentThread().getContextClassLoader();
        try (var changelog = own.getResourceAsStream("db/changelog.yaml")) {
            Files.createDirectories(release.resolve("db/newer"));
            Files.writeString(
                    release.resolve("db/changelog.yaml"),
                    new String(changelog.readAllBytes()) + "  - include: {file: db/newer/001-later.sql}\n");
        }
        Files.writeString(release.resolve("db/newer/001-later.sql"), """
                --liquibase formatted sql
                --changeset crm:newer-001-later
                create table later (id int);
                --rollback drop table later;
                """);
        return new URLClassLoader(new URL[] {release.toUri().toURL()}, own) {
            @Override
            public URL getResource(String name) {
                var found = findResource(name);
                return found != null ? found : super.getResource(name);
            }

            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                var found = findResources(name);
                return found.hasMoreElements() ? found : super.getResources(name);
            }
        };
    }

    public static class BeforeItsSchema implements QuarkusTestProfile {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(WithoutSchema.class));
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }

    public static class WithoutSchema extends PostgresResource {
        @Override
        protected TestDatabase database(String schema) {
            return TestDatabase.start();
        }
    }
}
