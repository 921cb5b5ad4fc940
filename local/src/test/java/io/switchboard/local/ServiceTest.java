package io.switchboard.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ServiceTest {
    @Test
    void a_service_is_named_as_its_module() {
        assertEquals(Service.CRM, Service.named("crm-service"));
    }

    @Test
    void an_unknown_name_is_refused_with_those_that_exist() {
        Refusal refusal = assertThrows(Refusal.class, () -> Service.named("crm"));
        assertEquals(
                "Name a service: auth-service, crm-service, voice-service or audit-service.", refusal.getMessage());
    }
}
