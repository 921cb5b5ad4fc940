package io.switchboard.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.kit.test.Sql;
import io.switchboard.kit.test.TestDatabase;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the calendar's functions answer, as the service's role. */
class BusinessCalendarTest {
    static final String NINE_TO_FIVE =
            "{\"monday\": [{\"from\": \"09:00\", \"to\": \"17:00\"}], \"tuesday\": [{\"from\": \"09:00\", \"to\": \"17:00\"}]}";
    static final String NIGHTS =
            "{\"saturday\": [{\"from\": \"22:00\", \"to\": \"24:00\"}], \"sunday\": [{\"from\": \"00:00\", \"to\": \"04:00\"}]}";
    static TestDatabase database;

    @BeforeAll
    static void migrate() {
        database = TestDatabase.migrated("crm");
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    @Test
    void stretches_over_midnight_and_the_change_of_clocks_are_one() {
        var berlin = organization("Europe/Berlin", NIGHTS, "[]");
        assertEquals("2026-03-28T21:00Z/2026-03-29T02:00Z", stretches(berlin, "2026-03-28", "2026-03-30"));
        assertEquals("2026-10-24T20:00Z/2026-10-25T03:00Z", stretches(berlin, "2026-10-24", "2026-10-26"));
        assertEquals(
                "2026-03-28T23:30Z/2026-03-29T00:30Z", stretches(berlin, "2026-03-28 23:30Z", "2026-03-29 00:30Z"));
        assertEquals("07:00:00", berlin.value("select open_time_between('2026-10-24 00:00Z', '2026-10-26 00:00Z')"));
    }

    @Test
    void overlapping_and_adjoining_hours_are_merged() {
        var hours =
                "{\"thursday\": [{\"from\": \"13:00\", \"to\": \"15:00\"}, {\"from\": \"09:00\", \"to\": \"12:00\"},"
                        + " {\"from\": \"12:00\", \"to\": \"12:30\"}, {\"from\": \"14:00\", \"to\": \"16:00\"}], \"friday\": []}";
        assertEquals(
                "2026-01-01T09:00Z/2026-01-01T12:30Z 2026-01-01T13:00Z/2026-01-01T16:00Z",
                stretches(organization("UTC", hours, "[]"), "2026-01-01", "2026-01-03"));
    }

    @Test
    void a_closure_is_of_local_days_both_included() {
        var closed = organization(
                "America/New_York",
                NINE_TO_FIVE,
                "[{\"from\": \"2026-06-02\", \"to\": \"2026-06-08\", \"name\": \"Holidays\"}]");
        assertEquals(
                "2026-06-01T13:00Z/2026-06-01T21:00Z 2026-06-09T13:00Z/2026-06-09T21:00Z",
                stretches(closed, "2026-06-01", "2026-06-10"));
        assertEquals("f", closed.value("select is_open('2026-06-02 13:00Z')"));
        assertEquals("t", closed.value("select is_open('2026-06-09 13:00Z')"));
        assertEquals("f", closed.value("select is_open('2026-06-09 21:00Z')"));
    }

    @Test
    void open_time_is_added_past_closed_hours() {
        var utc = organization(
                "UTC", NINE_TO_FIVE, "[{\"from\": \"2026-06-02\", \"to\": \"2026-06-07\", \"name\": \"Away\"}]");
        assertEquals("2026-06-01T17:00Z", added(utc, "2026-06-01 16:00Z", "1 hour"));
        assertEquals("2026-06-08T09:30Z", added(utc, "2026-06-01 16:00Z", "90 minutes"));
        assertEquals("2026-06-08T09:00:00.5Z", added(utc, "2026-06-05 16:00Z", "500 milliseconds"));
        assertEquals("2026-06-05T16:00Z", added(utc, "2026-06-05 16:00Z", "0"));
        assertEquals("2026-06-05T16:00Z", added(utc, "2026-06-05 16:00Z", "-1 hour"));
        // a day is one of 24 hours
        assertEquals("2026-06-15T17:00Z", added(utc, "2026-06-01 09:00Z", "1 day 8 hours"));
        // four years of two days a week
        assertEquals("2030-05-28T17:00Z", added(organization("UTC", NINE_TO_FIVE, "[]"), "2026-06-01", "3344 hours"));
    }

    @Test
    void without_hours_the_clock_runs_always() {
        for (var hours : new String[] {"{}", "{\"monday\": []}"}) {
            var none = organization("Europe/Berlin", hours, "[]");
            assertEquals("", stretches(none, "2026-01-01", "2026-12-31"));
            assertEquals("f", none.value("select is_open('2026-06-01 10:00Z')"));
            assertEquals("2026-06-03T10:00Z", added(none, "2026-06-01 10:00Z", "2 days"));
            assertEquals("48:00:00", none.value("select open_time_between('2026-06-01 10:00Z', '2026-06-03 10:00Z')"));
            assertEquals("00:00:00", none.value("select open_time_between('2026-06-03 10:00Z', '2026-06-01 10:00Z')"));
        }
    }

    @Test
    void questions_of_centuries_end() {
        var utc = organization("UTC", NINE_TO_FIVE, "[]");
        assertEquals(1046, utc.number("select count(*) from open_stretches('1000-01-06', '9999-12-31')"));
        assertEquals(0, utc.number("select count(*) from open_stretches('-infinity', 'infinity')"));
        assertEquals(0, utc.number("select count(*) from open_stretches('2026-01-02', '2026-01-01')"));
        assertEquals("f", utc.value("select is_open('infinity')"));
        var never = organization(
                "UTC", NINE_TO_FIVE, "[{\"from\": \"0001-01-01\", \"to\": \"9999-12-31\", \"name\": \"Gone\"}]");
        assertNull(never.value("select add_open_time('2026-01-01', '1 second')"));
        assertEquals("00:00:00", never.value("select open_time_between('2026-01-01', '9999-01-01')"));
    }

    @Test
    void another_organization_has_its_own_calendar() {
        organization("Europe/Berlin", NINE_TO_FIVE, "[]");
        var stranger = caller(UUID.randomUUID());
        assertEquals("", stretches(stranger, "2026-01-01", "2026-02-01"));
        assertEquals("Monday, June 1, 2026 at 10:05 AM", text(stranger, "2026-06-01 10:05Z"));
    }

    @Test
    void times_are_spoken_in_the_local_zone() {
        assertEquals(
                "Tuesday, December 1, 2026 at 3:30 PM",
                text(organization("America/New_York", "{}", "[]"), "2026-12-01 20:30Z"));
        assertEquals(
                "Sunday, February 1, 2026 at 12:00 AM",
                text(organization("Asia/Kolkata", "{}", "[]"), "2026-01-31 18:30Z"));
    }

    @Test
    void a_time_without_an_offset_is_local() {
        var berlin = organization("Europe/Berlin", "{}", "[]");
        assertEquals("2026-06-01T13:30Z", time(berlin, "2026-06-01T15:30"));
        assertEquals("2026-01-01T14:30:15.25Z", time(berlin, " 2026-01-01 15:30:15,25 "));
        assertEquals("2026-03-29T01:30Z", time(berlin, "2026-03-29T02:30:00")); // skipped: 3:30 in summer
        assertEquals("2026-10-25T01:30Z", time(berlin, "2026-10-25T02:30:00")); // twice: the second
        assertEquals("2026-06-01T15:30Z", time(berlin, "2026-06-01T15:30:00Z"));
        assertEquals("2026-06-01T13:30Z", time(berlin, "2026-06-01t15:30+02:00"));
        assertEquals("2026-06-01T10:00Z", time(berlin, "2026-06-01T15:30+0530"));
        assertEquals("2026-06-01T15:30Z", time(berlin, "2026-06-01 15:30 UTC"));
        var howe = organization("Australia/Lord_Howe", "{}", "[]");
        assertEquals("2026-10-03T15:45Z", time(howe, "2026-10-04T02:15")); // skipped: 2:45
        assertEquals("2026-04-04T15:15Z", time(howe, "2026-04-05T01:45")); // twice: the second
        assertEquals("2011-12-30T20:00Z", time(organization("Pacific/Apia", "{}", "[]"), "2011-12-30T10:00"));
    }

    @Test
    void what_is_no_time_is_null() {
        var utc = organization("UTC", "{}", "[]");
        for (var text : new String[] {
            "",
            "tomorrow",
            "now",
            "infinity",
            "2026-12-01",
            "15:30",
            "2026-02-30T10:00",
            "2026-06-01T25:00",
            "2026-06-01T10:61",
            "2026-06-01T10:00+99:00",
            "2026-06-01T10:00 Europe/Berlin",
            "2026-06-01T10:00 PST",
            "0000-01-01T00:00",
            "10000-01-01T00:00",
            "9999-12-31T23:59-01:00",
            "0001-01-01T00:00+01:00",
            "1780000000",
            "2026-06-01T10:00" + " ".repeat(60)
        }) {
            assertNull(utc.value("select local_time('" + text + "')"), text);
        }
        assertNull(utc.value("select local_time(null)"));
        assertTrue(time(utc, "9999-12-31T23:59:59").startsWith("9999"));
    }

    static Sql organization(String zone, String hours, String closures) {
        var id = UUID.randomUUID();
        var organization = caller(id);
        organization.run(
                "insert into organization_settings (org_id, id, time_zone, default_region, business_hours, closures, version)"
                        + " values ('%s', '%1$s', '%s', 'US', '%s', '%s', 1)".formatted(id, zone, hours, closures));
        return organization;
    }

    static Sql caller(UUID organization) {
        return database.sql("crm").caller(organization, "agent").with("timezone", "UTC");
    }

    static String stretches(Sql organization, String since, String until) {
        return organization.value(
                "select coalesce(string_agg(%s || '/' || %s, ' '), '') from open_stretches('%s', '%s') s"
                        .formatted(iso("lower(s)"), iso("upper(s)"), since, until));
    }

    static String added(Sql organization, String start, String amount) {
        return organization.value("select " + iso("add_open_time('%s', '%s')".formatted(start, amount)));
    }

    static String text(Sql organization, String moment) {
        return organization.value("select local_text('" + moment + "')");
    }

    static String time(Sql organization, String given) {
        return organization.value("select " + iso("local_time('" + given + "')"));
    }

    /** As 2026-06-01T10:00Z, with seconds only where there are any. */
    static String iso(String moment) {
        return "regexp_replace(to_char(%s, 'YYYY-MM-DD\"T\"HH24:MI:SS.US'), '(:00)?\\.?0*$', '') || 'Z'"
                .formatted(moment);
    }
}
