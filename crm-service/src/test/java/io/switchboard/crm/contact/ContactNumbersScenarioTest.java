package io.switchboard.crm.contact;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Random changes of contacts' numbers, by API and by SQL, against a small model of which number is whose. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ContactNumbersScenarioTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int STEPS = 10;
    private static final List<String> PHONES =
            List.of("+4930123450", "+4930123451", "+4930123452", "+4930123453", "sip:ada@acme.example");

    @Test
    void every_number_is_of_one_contact_and_one_is_main() {
        try (var app = Sql.superuser().app().open()) {
            app.begin();
            Scenario.run(run -> new Numbers(run, app).play());
        }
    }

    /** A contact's main number, and all of them, oldest first. */
    private static final class Expected {
        private String main;
        private final List<String> all = new ArrayList<>();

        Expected(String phone) {
            add(phone);
            main = phone;
        }

        void add(String phone) {
            all.add(phone);
        }

        void remove(String phone) {
            all.remove(phone);
            if (phone.equals(main)) {
                main = all.isEmpty() ? null : all.get(0);
            }
        }

        void change(String phone) {
            if (phone == null) {
                all.remove(main);
            } else if (!all.contains(phone) && main != null) {
                all.set(all.indexOf(main), phone);
            } else if (!all.contains(phone)) {
                all.add(phone);
            }
            main = phone;
        }
    }

    private static final class Numbers {
        private final Scenario run;
        private final SqlSession app;
        private final Caller acme = Caller.agentOfNewOrg();
        private final Caller voice = Caller.service("voice-service", acme.orgId());
        private final Map<String, Expected> contacts = new TreeMap<>();
        private final List<String> ids = new ArrayList<>();

        Numbers(Scenario run, SqlSession app) {
            this.run = run;
            this.app = app;
        }

        void play() {
            create();
            for (int i = 0; i < STEPS; i++) {
                run.oneOf(List.<Runnable>of(
                                this::create,
                                this::insert,
                                this::upsert,
                                this::add,
                                this::add,
                                this::addBySql,
                                this::remove,
                                this::removeBySql,
                                this::change,
                                this::changeBySql,
                                this::delete))
                        .run();
                compare();
            }
        }

        private void create() {
            var phone = run.oneOf(PHONES);
            run.step("creates " + phone, () -> {
                var answer = send(acme, "POST", "/api/contacts", new JsonObject().put("phone", phone));
                assertEquals(owner(phone) == null ? 201 : 409, answer.statusCode());
                if (owner(phone) == null) {
                    remember(new JsonObject(answer.body()).getString("id"), phone);
                }
            });
        }

        private void insert() {
            var phone = run.oneOf(PHONES);
            if (owner(phone) == null) {
                run.step(
                        "inserts " + phone,
                        () -> remember(
                                sql("insert into contacts (org_id, phone) values ('%s', '%s') returning id"
                                                .formatted(acme.orgId(), phone))
                                        .get(0),
                                phone));
            }
        }

        private void upsert() {
            var phone = run.oneOf(PHONES);
            var byCall = run.chance(50);
            run.step((byCall ? "takes a call of " : "puts ") + phone, () -> {
                var path = (byCall ? "/internal" : "/api") + "/contacts/by-phone/" + encoded(phone);
                var answer = send(byCall ? voice : acme, "PUT", path, new JsonObject());
                var id = new JsonObject(answer.body()).getString("id");
                assertEquals(owner(phone) == null ? 201 : 200, answer.statusCode());
                if (owner(phone) == null) {
                    remember(id, phone);
                }
                assertEquals(owner(phone), id);
            });
        }

        private void add() {
            var id = run.oneOf(ids);
            var phone = run.oneOf(PHONES);
            run.step("adds " + phone + " to " + number(id), () -> {
                var answer =
                        send(acme, "POST", "/api/contacts/" + id + "/phones", new JsonObject().put("phone", phone));
                var known = contacts.get(id);
                assertEquals(known == null ? 404 : owner(phone) == null ? 201 : 409, answer.statusCode());
                if (answer.statusCode() == 201) {
                    known.add(phone);
                    known.main = known.main == null ? phone : known.main;
                }
            });
        }

        private void addBySql() {
            var id = run.oneOf(ids);
            var phone = run.oneOf(PHONES);
            if (contacts.containsKey(id) && owner(phone) == null) {
                run.step("adds " + phone + " to " + number(id) + " by SQL", () -> {
                    sql("insert into contact_phones (org_id, phone, contact_id) values ('%s', '%s', '%s') returning id"
                            .formatted(acme.orgId(), phone, id));
                    contacts.get(id).add(phone);
                });
            }
        }

        private void remove() {
            var id = run.oneOf(ids);
            var phone = run.oneOf(PHONES);
            run.step("removes " + phone + " of " + number(id), () -> {
                var answer = send(acme, "DELETE", "/api/contacts/" + id + "/phones/" + encoded(phone), null);
                assertEquals(id.equals(owner(phone)) ? 204 : 404, answer.statusCode());
                if (id.equals(owner(phone))) {
                    contacts.get(id).remove(phone);
                }
            });
        }

        private void removeBySql() {
            var phone = run.oneOf(PHONES);
            run.step("removes " + phone + " by SQL", () -> {
                var owner = owner(phone);
                var removed = sql("delete from contact_phones where phone = '" + phone + "' returning contact_id");
                assertEquals(owner == null ? List.of() : List.of(owner), removed);
                if (owner != null) {
                    contacts.get(owner).remove(phone);
                }
            });
        }

        private void change() {
            var id = run.oneOf(ids);
            var phone = run.chance(20) ? null : run.oneOf(PHONES);
            run.step("changes " + number(id) + " to " + phone, () -> {
                var answer = send(acme, "PATCH", "/api/contacts/" + id, new JsonObject().put("phone", phone));
                var owner = phone == null ? null : owner(phone);
                var isFree = owner == null || owner.equals(id);
                assertEquals(!contacts.containsKey(id) ? 404 : isFree ? 200 : 409, answer.statusCode());
                if (answer.statusCode() == 200) {
                    contacts.get(id).change(phone);
                }
            });
        }

        private void changeBySql() {
            var id = run.oneOf(ids);
            var phone = run.oneOf(PHONES);
            if (contacts.containsKey(id) && (owner(phone) == null || id.equals(owner(phone)))) {
                run.step("changes " + number(id) + " to " + phone + " by SQL", () -> {
                    sql("update contacts set phone = '%s', phone_as_given = '%s' where id = '%s' returning id"
                            .formatted(phone, phone, id));
                    contacts.get(id).change(phone);
                });
            }
        }

        private void delete() {
            var id = run.oneOf(ids);
            run.step("deletes " + number(id), () -> {
                var isThere = contacts.remove(id) != null;
                var answer = send(acme, "DELETE", "/api/contacts/" + id, null);
                assertEquals(isThere ? 204 : 404, answer.statusCode());
            });
        }

        private void compare() {
            var expected = new TreeMap<String, String>();
            contacts.forEach((id, contact) -> expected.put(id, contact.main + " of " + contact.all));
            var byApi = new TreeMap<String, String>();
            new JsonObject(send(acme, "GET", "/api/contacts", null).body())
                    .getJsonArray("items").stream().map(JsonObject.class::cast).forEach(contact -> {
                        var all = contact.getJsonArray("phones").stream()
                                .map(JsonObject.class::cast)
                                .toList();
                        var main = all.stream()
                                .filter(phone -> phone.getBoolean("main"))
                                .toList();
                        assertEquals(contact.getString("phone") == null ? 0 : 1, main.size(), "main numbers");
                        var numbers = all.stream()
                                .map(phone -> phone.getString("phone"))
                                .toList();
                        byApi.put(contact.getString("id"), contact.getString("phone") + " of " + numbers);
                    });
            assertEquals(expected, byApi, "by API");
            var rows = sql(
                    "select c.id || ' ' || coalesce(c.phone, 'null') || ' of ' || coalesce((select '[' || string_agg("
                            + "p.phone, ', ' order by p.created_at) || ']' from contact_phones p where p.contact_id = c.id), '[]')"
                            + " from contacts c order by c.id::text");
            assertEquals(
                    expected.entrySet().stream()
                            .map(e -> e.getKey() + " " + e.getValue())
                            .toList(),
                    rows,
                    "by SQL");
        }

        private String owner(String phone) {
            return contacts.entrySet().stream()
                    .filter(contact -> contact.getValue().all.contains(phone))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(null);
        }

        private void remember(String id, String phone) {
            contacts.put(id, new Expected(phone));
            ids.add(id);
        }

        private String number(String id) {
            return "contact " + (ids.indexOf(id) + 1);
        }

        private List<String> sql(String statement) {
            app.run("select set_config('app.org_id', '%s', true), set_config('app.role', 'agent', true)"
                    .formatted(acme.orgId()));
            var column = app.column(statement);
            app.commit();
            return column;
        }

        private static String encoded(String phone) {
            return phone.replace("+", "%2B").replace(":", "%3A").replace("@", "%40");
        }

        private static HttpResponse<String> send(Caller caller, String method, String path, JsonObject body) {
            var request = HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port + path))
                    .header("Authorization", "Bearer " + caller.token())
                    .header("Content-Type", "application/json")
                    .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.encode()))
                    .build();
            try {
                return HTTP.send(request, BodyHandlers.ofString());
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
