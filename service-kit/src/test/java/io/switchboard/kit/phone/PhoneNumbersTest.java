package io.switchboard.kit.phone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumbersTest {
    @Test
    void an_international_number_need_only_be_possible() {
        assertEquals("+15555550142", PhoneNumbers.e164("+15555550142", "DE"));
        assertEquals("+15555550142", PhoneNumbers.e164(" +1 (555) 555-0142 ", "DE"));
        assertNull(PhoneNumbers.e164("+44 2046", "US"), "possible only within a town");
    }

    @ParameterizedTest
    @CsvSource({
        "US, 212-555-0199, +12125550199",
        "US, (212) 555-0199, +12125550199",
        "US, 12125550199, +12125550199",
        "US, 416.555.0199, +14165550199",
        "DE, 030 123456, +4930123456",
        "DE, 030/123456, +4930123456",
        "FR, 01 44 55 66 77, +33144556677",
        "IT, 02 5550 0147, +390255500147",
        "AR, 011 15-4444-0123, +5491144440123",
        "RU, 8 (495) 123-45-67, +74951234567",
        "JP, ０３－１２３４－５６７８, +81312345678"
    })
    void a_national_number_is_of_the_region(String region, String given, String number) {
        assertEquals(number, PhoneNumbers.e164(given, region));
    }

    @ParameterizedTest
    @CsvSource({
        "GB, 2002",
        "GB, 100",
        "GB, 999",
        "DE, 112",
        "DE, 11 88 33",
        "US, 555-0123",
        "US, 911",
        "US, 22555",
        "US, 5555550142",
        "US, 15555550142",
        "FR, 3900",
        "AU, 000",
        "IT, 113",
        "US, 0",
        "US, 12"
    })
    void short_and_local_numbers_are_not_read(String region, String given) {
        assertNull(PhoneNumbers.e164(given, region));
    }

    @ParameterizedTest
    @CsvSource({
        "US, 011 44 20 7946 0321, +442079460321",
        "US, 0044 20 7946 0321, +442079460321",
        "US, +0044 20 7946 0321, +442079460321",
        "GB, 00 1 212 555 0199, +12125550199",
        "AU, 0011 1 212 555 0199, +12125550199",
        "JP, 010 1 212 555 0199, +12125550199",
        "US, (+44) 20 7946 0321, +442079460321",
        "US, +44 (0)20 7946 0321, +442079460321",
        "DE, +1 (0) 212 555 0199, +12125550199",
        "US, +39 02 5550 0147, +390255500147",
        "US, +225 01 02 03 04 05, +2250102030405",
        "US, +5213312345678, +523312345678",
        "MX, +52 1 33 1234 5678, +523312345678",
        "US, +52 33 1234 5678, +523312345678",
        "US, +5491144440123, +5491144440123"
    })
    void an_international_number_is_read_in_every_region(String region, String given, String number) {
        assertEquals(number, PhoneNumbers.e164(given, region));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u200e+1 212 555 0199\u200f",
                "\u2066+1 212 555 0199\u2069",
                "\u202d+12125550199\u202c",
                "\u202a+1 212-555-0199\u202c",
                "+1\u00a0212\u00a0555\u00a00199",
                "+1 212\u2013555\u20130199",
                "+1\ufe0e-212-555-0199",
                "\ufeff+12125550199",
                "+1\u200b212\u200b555\u200b0199",
                "+1\u00ad212\u00ad555\u00ad0199",
                "+1\u2007212\u202f555\u30000199",
                "+1\u2010212\u2011555\u20120199",
                "+1\u2014212\u2015555\u22120199",
                "+1\u00b7212\u2022555\u30fb0199",
                "+1\t212\r\n555 0199",
                "\uff0b\uff11\u3000\uff08\uff12\uff11\uff12\uff09\u3000\uff15\uff15\uff15\uff0d\uff10\uff11\uff19\uff19",
                "+\u0661 \u0662\u0661\u0662 \u0665\u0665\u0665 \u0660\u0661\u0669\u0669",
                "+1\ufe0f\u20e3 212 555 0199",
                "+1 212 555 0199 x12",
                "+1 212 555 0199 ext. 12",
                "+1 212 555 0199;ext=12",
                "+1 212 555 0199,,12#",
                "+1.212.555.0199.",
            })
    void marks_blanks_and_dashes_of_any_kind_are_read(String given) {
        assertEquals("+12125550199", PhoneNumbers.e164(given, "DE"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tel:+12125550199",
                "TEL:+1-212-555-0199",
                "Tel: +1 212 555 0199",
                "tel:+1-212-555-0199;ext=7;isub=1",
                "tel:555-0199;phone-context=+1212",
                "tel:%2B12125550199",
                "tel:12125550199",
                "tel://+12125550199",
                "sip:+12125550199@trunk.example;user=phone",
                "sips:+12125550199:secret@trunk.example:5061",
                "sip:+12125550199;ext=7@trunk.example",
                "SIP:%2B1%20212%20555%200199@trunk.example",
                "\"Bea, desk\" <sip:+12125550199@trunk.example>;tag=1f",
                "Bea <tel:+12125550199>",
                "<sip:+12125550199@trunk.example>",
                "Bea <+1 212 555 0199>",
                "whatsapp:+12125550199",
                "WhatsApp:12125550199",
                "sms:+12125550199?body=hello",
                "callto:+12125550199"
            })
    void a_number_is_read_out_of_its_wrapping(String given) {
        assertEquals("+12125550199", PhoneNumbers.e164(given, "DE"));
    }

    @ParameterizedTest
    @CsvSource({
        "US, 1-800-MY-APPLE, +18006927753",
        "US, +1 (888) GO-FEDEX, +18884633339",
        "DE, +1-800-CONTACTS, +18002668228",
        "US, 212-FLOWERS, +12123569377",
        "GB, 0800 FLOWERS, +448003569377",
        "AU, 1300 FLOWER, +611300356937"
    })
    void letters_stand_for_the_keys_they_are_on(String region, String given, String number) {
        assertEquals(number, PhoneNumbers.e164(given, region));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anonymous",
                "Anonymous",
                "ANONYMOUS",
                "Restricted",
                "UNAVAILABLE",
                "unknown",
                "Unknown Caller",
                "Private Number",
                "private",
                "blocked",
                "Withheld",
                "No Caller ID",
                "not-available",
                "sip:anonymous@anonymous.invalid",
                "\"Anonymous\" <sip:Anonymous@anonymous.invalid>;tag=4",
                "sip:Restricted@gw.example",
                "tel:anonymous",
                "+266696687",
                "266696687",
                "sip:+266696687@gw.example",
                "whatsapp:+266696687",
                "+7378742833",
                "7378742833",
                "+86282452253",
                "tel:+86282452253",
                "+86 28 245 2253",
                "+2562533",
                "+8656696",
                "+7748283",
                "0000000000",
                "+10000000000",
                "\u202a+266696687\u202c"
            })
    void a_withheld_number_is_not_read(String given) {
        for (var region : new String[] {"US", "DE", "CN", "RU"}) {
            assertNull(PhoneNumbers.e164(given, region));
        }
        assertTrue(PhoneNumbers.isWithheld(given));
    }

    @Test
    void a_number_is_not_withheld_for_looking_alike() {
        assertEquals("+3548656696", PhoneNumbers.e164("865 6696", "IS"));
        assertEquals("+17378742833", PhoneNumbers.e164("+1 737 874 2833", "US"));
        assertFalse(PhoneNumbers.isWithheld("+12125550199"));
        assertFalse(PhoneNumbers.isWithheld("sip:frontdesk@acme.example"));
        assertFalse(PhoneNumbers.isWithheld(null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "+",
                "client:agent2125550199",
                "agent2125550199",
                "sip:2002@pbx.example",
                "sip:frontdesk@acme.example",
                "sip:198.51.100.20",
                "+1212555019999999999",
                "+12125550199\u0000",
                "2125550199 or so",
                "call 2125550199",
                "212 Main Rd E",
                "2125550199/2125550198",
                "{\"number\": \"+12125550199\"}"
            })
    void other_text_is_not_read_as_a_number(String given) {
        assertNull(PhoneNumbers.e164(given, "US"));
    }

    @ParameterizedTest
    @CsvSource({
        "15555550142, +15555550142",
        "4930123456, +4930123456",
        "+4930123456, +4930123456",
        "1001,",
        "anonymous,"
    })
    void a_number_without_its_plus_is_read_as_one_with_it(String given, String number) {
        assertEquals(number, PhoneNumbers.e164(given, PhoneNumbers.NO_PLUS));
    }

    @Test
    void nothing_is_no_number() {
        assertNull(PhoneNumbers.e164(null, "US"));
        assertNull(PhoneNumbers.e164("2125550199", "not a region"));
        assertNull(PhoneNumbers.e164("+1" + " 2".repeat(200), "US"));
    }
}
