package io.switchboard.kit.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class SecretTest {

    @Test
    void a_secret_is_neither_printed_nor_written_as_json() throws JsonProcessingException {
        record Holder(String name, Secret secret) {}
        var holder = new Holder("vapi", Secret.valueOf("hunter2"));
        assertEquals("Holder[name=vapi, secret=***]", holder.toString());
        assertEquals("{\"name\":\"vapi\"}", new ObjectMapper().writeValueAsString(holder));
    }
}
