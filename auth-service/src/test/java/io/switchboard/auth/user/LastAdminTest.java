package io.switchboard.auth.user;

import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.auth.AuthSettings;
import io.switchboard.auth.Parallel;
import io.switchboard.auth.Person;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class LastAdminTest {
    Person acme;

    @BeforeEach
    void signUp() {
        acme = Person.signUp();
    }

    @Test
    void the_last_active_admin_stays_an_active_admin() {
        acme.invite("agent");
        var former = acme.invite("admin");
        acme.caller().patch(path(former), Map.of("isActive", false)).then().statusCode(200);
        for (var patch : List.of(Map.of("role", "agent"), Map.of("isActive", false))) {
            acme.caller().patch(path(acme), patch).then().statusCode(409).body("type", endsWith("last_admin"));
            Person.operator().patch(path(acme), patch).then().statusCode(409);
        }
        acme.caller().delete(path(acme)).then().statusCode(409).body("type", endsWith("last_admin"));
        acme.caller()
                .patch(path(acme), Map.of("maxAgents", 1))
                .then()
                .statusCode(200)
                .body("role", is("admin"));
        acme.caller().delete(path(former)).then().statusCode(204);
    }

    @Test
    void one_of_two_may_go_of_its_own_accord() {
        var other = acme.invite("admin");
        acme.caller().delete(path(acme)).then().statusCode(204);
        other.caller().patch(path(other), Map.of("role", "user")).then().statusCode(409);
    }

    @Test
    void one_of_two_admins_who_demote_each_other_stays() {
        for (int i = 0; i < 5; i++) {
            var ada = Person.signUp();
            var grace = ada.invite("admin");
            var turns = new ConcurrentLinkedQueue<>(List.of(ada, grace));
            var answers = Parallel.times(2, () -> {
                var me = turns.remove();
                var other = me == ada ? grace : ada;
                return me.caller().patch(path(other), Map.of("role", "agent")).statusCode();
            });
            // Whoever comes too late is the last admin, or is none any more.
            assertEquals(1, answers.stream().filter(status -> status == 200).count(), answers.toString());
            assertEquals(1, answers.stream().filter(Set.of(401, 409)::contains).count(), answers.toString());
            assertEquals(1, admins(ada));
        }
    }

    @Test
    void one_of_ten_admins_removed_in_parallel_stays() {
        var admins = new ConcurrentLinkedQueue<>(List.of(acme));
        for (int i = 0; i < 9; i++) {
            admins.add(acme.invite("admin"));
        }
        var operator = Person.operator();
        var answers = Parallel.times(10, () -> {
            var admin = admins.remove();
            var which = admin.caller().id().getLeastSignificantBits() & 1;
            return which == 0
                    ? admin.caller().delete(path(admin)).statusCode()
                    : operator.patch(path(admin), Map.of("isActive", false)).statusCode();
        });
        assertEquals(1, answers.stream().filter(status -> status == 409).count(), answers.toString());
        assertEquals(1, admins(acme));
    }

    static int admins(Person person) {
        return Sql.superuser()
                .column("select id from users where role = 'admin' and is_active and org_id = '"
                        + person.caller().orgId() + "'")
                .size();
    }

    static String path(Person person) {
        return "/api/users/" + person.caller().id();
    }
}
