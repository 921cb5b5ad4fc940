package io.switchboard.kit.phone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

class PhoneNumbersTest {
    @Test
    void a_number_need_only_be_possible() {
        assertEquals("+15555550142", PhoneNumbers.e164("+15555550142", "DE"));
        assertEquals("+15555550142", PhoneNumbers.e164(" +1 (555) 555-0142 ", "DE"));
    }

    @Test
    void a_number_without_a_country_code_is_of_the_region() {
        assertEquals("+15555550142", PhoneNumbers.e164("555-555-0142", "US"));
        assertEquals("+15555550142", PhoneNumbers.e164("15555550142", "US"));
        assertEquals("+4930123456", PhoneNumbers.e164("030 123456", "DE"));
    }

    @Test
    void a_trunk_s_user_part_counts_when_it_is_international() {
        assertEquals("+15555550142", PhoneNumbers.e164("sip:+15555550142@trunk.example.com;user=phone", "US"));
        assertEquals("+15555550142", PhoneNumbers.e164("tel:+15555550142", "US"));
        assertNull(PhoneNumbers.e164("sip:5555550142@trunk.example.com", "US"));
    }

    @Test
    void what_is_no_number_is_none() {
        for (String odd : List.of(
                "",
                " ",
                "anonymous",
                "Restricted",
                "client:4155550100",
                "+266696687",
                "+",
                "12",
                "+1555555014299999999",
                "+15555550142\u0000",
                "5555550142 or so")) {
            assertNull(PhoneNumbers.e164(odd, "US"), odd);
        }
        assertNull(PhoneNumbers.e164(null, "US"));
        assertNull(PhoneNumbers.e164("555-555-0142", "not a region"));
    }
}
