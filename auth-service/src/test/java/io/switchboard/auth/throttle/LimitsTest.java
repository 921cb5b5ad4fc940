package io.switchboard.auth.throttle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LimitsTest {

    @Test
    void an_ipv6_address_stands_for_its_64() {
        assertEquals(Limits.network("2001:db8:1:2:3:4:5:6"), Limits.network("2001:db8:1:2::99"));
        assertEquals("20010db800010002/64", Limits.network("2001:db8:1:2:3:4:5:6"));
    }

    @Test
    void an_ipv4_address_stands_for_itself() {
        assertEquals("192.0.2.7", Limits.network("192.0.2.7"));
    }
}
