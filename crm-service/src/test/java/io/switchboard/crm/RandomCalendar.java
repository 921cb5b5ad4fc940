package io.switchboard.crm;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A random time zone, with a time near a change of its clocks, hours and closures. */
public final class RandomCalendar {
    /** Changes of clocks, one of them by a whole day; two in St. John's were a minute after midnight. */
    private static final Map<String, List<String>> CHANGES = Map.of(
            "Europe/Berlin", List.of("2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z"),
            "America/Vancouver", List.of("2025-11-02T09:00:00Z", "2026-03-08T10:00:00Z", "2026-11-01T09:00:00Z"),
            "Australia/Lord_Howe", List.of("2026-04-04T15:00:00Z", "2026-10-03T15:30:00Z"),
            "Pacific/Apia", List.of("2011-12-30T10:00:00Z", "2011-09-24T14:00:00Z", "2012-03-31T14:00:00Z"),
            "America/St_Johns",
                    List.of(
                            "2006-04-02T03:31:00Z",
                            "2006-10-29T02:31:00Z",
                            "2026-03-08T05:30:00Z",
                            "2026-11-01T04:30:00Z"));

    private static final List<String> TIMES = List.of(
            "00:00", "00:01", "01:30", "01:45", "02:00", "02:15", "02:30", "03:00", "09:00", "17:30", "23:59", "24:00");
    private static final List<String> DAYS =
            List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");

    private final Random random;
    private final String zone;
    private final Instant near;
    private final JsonArray hours = new JsonArray();
    private final JsonArray closures = new JsonArray();

    public RandomCalendar(Random random) {
        this.random = random;
        zone = oneOf(CHANGES.keySet().stream().sorted().toList());
        near = Instant.parse(oneOf(CHANGES.get(zone)))
                .plus(Duration.ofDays(random.nextInt(5) == 0 ? random.nextInt(200) : 0));
        fill();
    }

    private RandomCalendar(RandomCalendar before) {
        random = before.random;
        zone = random.nextInt(4) == 0 ? oneOf(CHANGES.keySet().stream().sorted().toList()) : before.zone;
        near = before.near;
        fill();
    }

    /** Other hours and closures at the same time; sometimes another zone. */
    public RandomCalendar next() {
        return new RandomCalendar(this);
    }

    public String zone() {
        return zone;
    }

    /** A time at which clocks were changed, as a rule. */
    public Instant near() {
        return near;
    }

    /** Stretches {@code {day, opens, closes}} of days from 1 (monday), some of which overlap. */
    public JsonArray hours() {
        return hours;
    }

    public JsonArray closures() {
        return closures;
    }

    /** The hours as an organization has them. */
    public JsonObject businessHours() {
        var week = new JsonObject();
        hours.stream().map(JsonObject.class::cast).forEach(stretch -> {
            var day = DAYS.get(stretch.getInteger("day") - 1);
            week.put(
                    day,
                    week.getJsonArray(day, new JsonArray())
                            .add(new JsonObject()
                                    .put("from", stretch.getString("opens"))
                                    .put("to", stretch.getString("closes"))));
        });
        return week;
    }

    private void fill() {
        for (int i = random.nextInt(8) == 0 ? 0 : 14; i > 0; i--) {
            var one = time();
            var other = time();
            if (!one.equals(other)) {
                var isFirst = one.compareTo(other) < 0;
                hours.add(new JsonObject()
                        .put("day", 1 + random.nextInt(7))
                        .put("opens", isFirst ? one : other)
                        .put("closes", isFirst ? other : one));
            }
        }
        for (int i = random.nextInt(4) - 1; i > 0; i--) {
            var from = LocalDate.ofInstant(near, ZoneOffset.UTC).plusDays(random.nextInt(7) - 3);
            closures.add(new JsonObject()
                    .put("from", from.toString())
                    .put("to", from.plusDays(random.nextInt(2)).toString())
                    .put("name", "Closed"));
        }
    }

    private String time() {
        return random.nextBoolean() ? oneOf(TIMES) : "%02d:%02d".formatted(random.nextInt(24), random.nextInt(60));
    }

    private String oneOf(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }
}
