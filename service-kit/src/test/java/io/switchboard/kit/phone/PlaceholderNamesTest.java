package io.switchboard.kit.phone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholderNamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \u00a0",
                "-",
                "+12125550199",
                "12125550199",
                "(212) 555-0199",
                "sip:+12125550199@gw.example",
                "V12125550199000012",
                "WIRELESS CALLER",
                "Cell Phone",
                "TOLL FREE CALL",
                "Unknown",
                "UNKNOWN NAME",
                "unknown-caller",
                "Private Number",
                "ANONYMOUS",
                "No Caller ID",
                "Name Unavailable",
                "OUT OF AREA",
                "N/A",
                "null",
                "undefined",
                "Spam Likely"
            })
    void a_placeholder_is_no_name(String shown) {
        assertNull(PlaceholderNames.nameOrNull(shown));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bea Long",
                "Dr. No",
                "\u674e\u96f7",
                "Guest House Inn",
                "Private Bank AG",
                "U2",
                "Jo",
                "\ud83d\ude00"
            })
    void a_name_is_one(String shown) {
        assertEquals(shown, PlaceholderNames.nameOrNull(shown));
    }

    @Test
    void a_missing_name_stays_missing() {
        assertNull(PlaceholderNames.nameOrNull(null));
    }
}
