package io.switchboard.crm.contact;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Scenario;
import io.switchboard.kit.test.Sql;
import io.switchboard.kit.test.SqlSession;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Random callers of two organizations, by API and by SQL, against a small model of what is there. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ContactScenarioTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int STEPS = 8;
    private static final List<String> NAMES = List.of("Ada", "Bea", "Cem", "Dora");
    private static final List<String> PHONES = List.of("+4930123456", "+4930123457", "+4930123458");

    @Test
    void two_organizations_each_find_their_own_contacts() {
        try (var app = Sql.superuser().app().open()) {
            app.begin();
            Scenario.run(run -> new TwoOrganizations(run, app).play());
        }
    }

    private record Expected(String name, String phone, int version) {}

    /** An organization's callers and the contacts that it must have, by id in the order in which they were made. */
    private record Organization(String name, List<Caller> callers, Map<String, Expected> contacts, List<String> ids) {
        static Organization of(String name) {
            var admin = Caller.adminOfNewOrg();
            return new Organization(name, List.of(admin, admin.colleague("agent")), new HashMap<>(), new ArrayList<>());
        }

        boolean has(String phone) {
            return contacts.values().stream()
                    .anyMatch(contact -> contact.phone().equals(phone));
        }
    }

    private static final class TwoOrganizations {
        private final Scenario run;
        private final SqlSession app;
        private final List<Organization> organizations = List.of(Organization.of("Acme"), Organization.of("Globex"));
        private Organization us;
        private Caller caller;

        TwoOrganizations(Scenario run, SqlSession app) {
            this.run = run;
            this.app = app;
        }

        void play() {
            for (int i = 0; i < STEPS; i++) {
                us = run.oneOf(organizations);
                caller = run.oneOf(us.callers());
                run.oneOf(List.<Runnable>of(
                                this::create,
                                this::create,
                                this::insert,
                                this::patch,
                                this::update,
                                this::delete,
                                this::list))
                        .run();
            }
            organizations.forEach(organization -> {
                us = organization;
                caller = us.callers().get(0);
                list();
            });
        }

        private void create() {
            var name = run.oneOf(NAMES);
            var phone = run.oneOf(PHONES);
            step("creates " + name + " " + phone, () -> {
                var taken = us.has(phone);
                var answer = send("POST", "", new JsonObject().put("name", name).put("phone", phone), null);
                assertEquals(taken ? 409 : 201, answer.statusCode());
                if (!taken) {
                    remember(new JsonObject(answer.body()).getString("id"), new Expected(name, phone, 0));
                }
            });
        }

        private void insert() {
            var name = run.oneOf(NAMES);
            var phone = run.oneOf(PHONES);
            if (us.has(phone)) {
                return;
            }
            step("inserts " + name + " " + phone + " by SQL", () -> {
                var insert =
                        "insert into contacts (org_id, name, phone, phone_as_given) values ('%s', '%s', '%s', '%s')"
                                .formatted(caller.orgId(), name, phone, phone);
                remember(sql(insert + " returning id").get(0), new Expected(name, phone, 0));
            });
        }

        /** Also of another organization's contact, which is not there; also with a version that is no longer current. */
        private void patch() {
            var owner = run.chance(80) ? us : run.oneOf(organizations);
            var seen = run.chance(70);
            var name = run.oneOf(NAMES);
            if (owner.ids().isEmpty()) {
                return;
            }
            var id = run.oneOf(owner.ids());
            var known = us.contacts().get(id);
            step("names " + numbered(owner, id) + " " + name + (seen ? "" : " by an old version"), () -> {
                var version = known == null ? 0 : seen ? known.version() : known.version() + 7;
                var answer = send("PATCH", "/" + id, new JsonObject().put("name", name), "\"" + version + "\"");
                assertEquals(known == null ? 404 : seen ? 200 : 412, answer.statusCode());
                if (answer.statusCode() == 200) {
                    var now = known.name().equals(name) ? known.version() : known.version() + 1;
                    assertEquals(
                            "\"" + now + "\"",
                            answer.headers().firstValue("ETag").orElse(null));
                    us.contacts().put(id, new Expected(name, known.phone(), now));
                }
            });
        }

        private void update() {
            var owner = run.oneOf(organizations);
            if (owner.ids().isEmpty()) {
                return;
            }
            var id = run.oneOf(owner.ids());
            step("shouts the name of " + numbered(owner, id) + " by SQL", () -> {
                var known = us.contacts().get(id);
                var changes = known != null && !known.name().equals(known.name().toUpperCase());
                var update = "update contacts set name = upper(name), version = version + 1"
                        + " where name <> upper(name) and id = '" + id + "'";
                assertEquals(changes ? 1 : 0, sql(update + " returning 1").size(), "rows changed");
                if (changes) {
                    us.contacts().put(id, new Expected(known.name().toUpperCase(), known.phone(), known.version() + 1));
                }
            });
        }

        private void delete() {
            var owner = run.oneOf(organizations);
            if (owner.ids().isEmpty()) {
                return;
            }
            var id = run.oneOf(owner.ids());
            step("deletes " + numbered(owner, id), () -> {
                var there = us.contacts().remove(id) != null;
                assertEquals(
                        there ? 204 : 404, send("DELETE", "/" + id, null, null).statusCode());
            });
        }

        private void list() {
            step("lists", () -> {
                assertEquals(expected(contact -> contact.name() + " " + contact.phone()), listed(), "by API");
                assertEquals(
                        expected(contact -> contact.name() + " " + contact.phone() + " " + contact.version()),
                        new TreeSet<>(sql("select id || ' ' || name || ' ' || phone || ' ' || version from contacts")),
                        "by SQL");
            });
        }

        private TreeSet<String> expected(Function<Expected, String> words) {
            return us.contacts().entrySet().stream()
                    .map(contact -> contact.getKey() + " " + words.apply(contact.getValue()))
                    .collect(toCollection(TreeSet::new));
        }

        /** Page by page, each contact once. */
        private TreeSet<String> listed() {
            var found = new TreeSet<String>();
            String cursor = null;
            do {
                var answer = send("GET", "?limit=3" + (cursor == null ? "" : "&cursor=" + cursor), null, null);
                assertEquals(200, answer.statusCode());
                var page = new JsonObject(answer.body());
                page.getJsonArray("items").forEach(item -> {
                    var contact = (JsonObject) item;
                    var words = contact.getString("id") + " " + contact.getString("name") + " "
                            + contact.getString("phone");
                    assertTrue(found.add(words), "listed once");
                });
                cursor = page.getString("nextCursor");
            } while (cursor != null);
            return found;
        }

        private void remember(String id, Expected contact) {
            us.contacts().put(id, contact);
            us.ids().add(id);
        }

        /** By the JDK's client: RestAssured would take most of the time that thousands of requests need. */
        private HttpResponse<String> send(String method, String path, JsonObject body, String ifMatch) {
            var request = HttpRequest.newBuilder(
                            URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/api/contacts" + path))
                    .header("Authorization", "Bearer " + caller.token())
                    .header("Content-Type", "application/json")
                    .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.encode()));
            if (ifMatch != null) {
                request.header("If-Match", ifMatch);
            }
            try {
                return HTTP.send(request.build(), BodyHandlers.ofString());
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /** The first column of what the caller gets. */
        private List<String> sql(String statement) {
            app.run(
                    "select set_config('app.org_id', '%s', true), set_config('app.user_id', '%s', true), set_config('app.role', 'agent', true)"
                            .formatted(caller.orgId(), caller.id()));
            var column = app.column(statement);
            app.commit();
            return column;
        }

        private static String numbered(Organization owner, String id) {
            return owner.name() + "'s contact " + (owner.ids().indexOf(id) + 1);
        }

        private void step(String words, Runnable work) {
            var role = caller == us.callers().get(0) ? "admin" : "agent";
            run.step(us.name() + "'s " + role + " " + words, work);
        }
    }
}
