package io.switchboard.auth;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.FrontChecks;
import java.net.URL;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(FrontChecks.Small.class)
class FrontTest {
    @TestHTTPResource("/")
    URL service;

    @TestHTTPResource(value = "/", management = true)
    URL management;

    @Test
    void clients_that_take_too_much_are_refused_alone() {
        FrontChecks.run(service.getPort(), management.getPort(), "/api/auth/login", "", 16 * 1024);
    }
}
