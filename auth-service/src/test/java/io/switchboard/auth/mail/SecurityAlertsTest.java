package io.switchboard.auth.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.auth.AuthSettings;
import io.switchboard.auth.Authenticator;
import io.switchboard.auth.Mailed;
import io.switchboard.auth.OwnAddress;
import io.switchboard.auth.Person;
import io.switchboard.kit.test.PostgresResource;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class SecurityAlertsTest {
    static final String NEXT = "another horse, another battery";

    Person ada;

    @BeforeEach
    void signUp() {
        ada = Person.signUp();
    }

    @Test
    void a_new_password_is_mailed_to_the_user_with_the_address() {
        ada.caller()
                .post("/api/auth/password/change", Map.of("currentPassword", Person.PASSWORD, "newPassword", NEXT))
                .then()
                .statusCode(204);
        var mail = Mailed.to(ada.email(), 1).get(0);
        assertEquals("Your password was changed at Switchboard", mail.getSubject());
        assertTrue(mail.getText().contains("from the address " + OwnAddress.current() + "."), mail.getText());
        Person.post("/api/auth/password/forgot", Map.of("email", ada.email()));
        var reset = Map.of("token", Mailed.token(ada.email(), 1), "newPassword", Person.PASSWORD);
        Person.post("/api/auth/password/reset", reset).then().statusCode(204);
        assertEquals(
                "Your password was changed at Switchboard",
                Mailed.to(ada.email(), 3).get(2).getSubject());
    }

    @Test
    void a_password_that_stays_as_it_is_is_no_news() {
        ada.caller()
                .post("/api/auth/password/change", Map.of("currentPassword", "not this one", "newPassword", NEXT))
                .then()
                .statusCode(422);
        Person.post("/api/auth/password/forgot", Map.of("email", ada.email()));
        assertEquals(1, Mailed.to(ada.email(), 1).size());
        assertTrue(Mailed.to(ada.email(), 1).get(0).getSubject().startsWith("Set a new password"));
    }

    @Test
    void changes_of_the_second_factor_are_mailed_to_the_user() {
        Authenticator.of(ada);
        assertTrue(Mailed.to(ada.email(), 1).get(0).getSubject().startsWith("A second factor was set up"));
        ada.caller()
                .request()
                .body(Map.of("currentPassword", Person.PASSWORD))
                .delete("/api/me/totp")
                .then()
                .statusCode(204);
        assertTrue(Mailed.to(ada.email(), 2).get(1).getSubject().startsWith("The second factor of your account"));
    }
}
