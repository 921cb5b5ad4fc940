package io.switchboard.crm.availability;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * An organization with a random calendar, people and appointments, and an oracle that looks at each minute alone. Its days are
 * past, so that all databases of time zones agree on them.
 */
final class CalendarCase {
    /** Days on which clocks were changed, and others; Apia had no 30 December 2011. */
    private static final List<List<String>> ZONES = List.of(
            List.of("Europe/Berlin", "2024-03-31", "2024-10-27", "2023-05-10"),
            List.of("America/Vancouver", "2024-03-10", "2024-11-03", "2023-07-04"),
            List.of("Australia/Lord_Howe", "2024-10-06", "2024-04-07", "2023-12-24"),
            List.of("Pacific/Apia", "2011-12-30", "2011-09-24", "2021-04-04", "2023-06-06"),
            List.of("America/St_Johns", "2024-03-10", "2024-11-03", "2008-11-02", "2009-03-08"));

    private static final int DAY = 24 * 60;
    private static final List<String> DEAD = List.of("completed", "cancelled", "no_show");
    private static final List<String> LIVE = List.of("pending", "confirmed", "in_progress");

    final UUID orgId = UUID.randomUUID();
    final String zone;
    final LocalDate day;
    final List<List<int[]>> hours = new ArrayList<>(); // by weekday: minutes of the day
    final List<LocalDate[]> closures = new ArrayList<>();
    final List<UUID> bookable = new ArrayList<>();
    final UUID other = UUID.randomUUID(); // active, but not named by the rules
    final UUID gone = UUID.randomUUID(); // named by the rules, but switched off
    final boolean namesPeople;
    final int slotMinutes;
    final int bufferMinutes;
    final List<Booked> appointments = new ArrayList<>();
    private final Random random;
    private final ZoneId rules;

    /** An appointment. @param assignee null for nobody @param ends with its buffer */
    record Booked(UUID assignee, Instant starts, Instant ends, int minutes, String status, boolean isDeleted) {
        boolean blocks(Instant minute) {
            return LIVE.contains(status) && !isDeleted && !minute.isBefore(starts) && minute.isBefore(ends);
        }
    }

    /** What is asked for. */
    record Question(Instant since, Instant until, int minutes, UUID assignee) {}

    CalendarCase(Random random) {
        this.random = random;
        var place = any(ZONES);
        zone = place.get(0);
        rules = ZoneId.of(zone);
        day = LocalDate.parse(place.get(1 + random.nextInt(place.size() - 1)));
        slotMinutes = any(List.of(15, 20, 25, 30, 45, 60));
        bufferMinutes = any(List.of(0, 0, 5, 15, 60));
        namesPeople = random.nextBoolean();
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            bookable.add(UUID.randomUUID());
        }
        if (!namesPeople) {
            bookable.add(other);
        }
        var always = random.nextInt(6) == 0;
        for (var weekday : DayOfWeek.values()) {
            hours.add(always ? List.of(new int[] {0, DAY}) : ofDay(weekday));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            var first = day.plusDays(random.nextInt(7) - 3);
            closures.add(new LocalDate[] {first, first.plusDays(random.nextInt(2))});
        }
        for (int i = random.nextInt(14); i > 0; i--) {
            appointments.add(booked());
        }
    }

    private List<int[]> ofDay(DayOfWeek weekday) {
        var stretches = new ArrayList<int[]>();
        var from = 5 * random.nextInt(150);
        for (int i = random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(2); i > 0 && from < DAY; i--) {
            var to = random.nextInt(3) == 0 ? DAY : Math.min(DAY, from + 10 + 5 * random.nextInt(120));
            stretches.add(new int[] {from, to});
            from = to + (random.nextInt(4) == 0 ? 0 : 5 * random.nextInt(60));
        }
        return stretches;
    }

    private Booked booked() {
        var people = new ArrayList<>(bookable);
        people.add(other);
        people.add(null);
        var starts = midnight().plus(5L * random.nextInt(5 * DAY / 5) - DAY, ChronoUnit.MINUTES);
        var minutes = random.nextInt(10) == 0 ? DAY : 5 + 5 * random.nextInt(30);
        var ends = starts.plus(minutes + any(List.of(0, bufferMinutes, 240)), ChronoUnit.MINUTES);
        var status = random.nextInt(4) == 0 ? any(DEAD) : any(LIVE);
        return new Booked(any(people), starts, ends, minutes, status, random.nextInt(8) == 0);
    }

    Question question() {
        var since = midnight().plus(random.nextInt(3 * DAY) - DAY, ChronoUnit.MINUTES);
        var until = since.plus(random.nextInt(2 * DAY), ChronoUnit.MINUTES);
        var people = new ArrayList<>(bookable);
        people.addAll(java.util.Arrays.asList(null, null, null, other, gone));
        return new Question(since, until, any(List.of(5, 30, 45, 60, 90, 300)), any(people));
    }

    private Instant midnight() {
        return day.atStartOfDay(rules).toInstant();
    }

    private <T> T any(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    /** The answer, minute by minute. */
    List<Instant> expected(Question question) {
        var first = question.since().minus(2, ChronoUnit.DAYS);
        var midnights = midnights(first, question.until());
        var open = new boolean[(int) ChronoUnit.MINUTES.between(first, question.until())];
        for (int minute = 0; minute < open.length; minute++) {
            open[minute] = isOpen(first.plus(minute, ChronoUnit.MINUTES));
        }
        var starts = new ArrayList<Instant>();
        var opened = 0;
        for (int minute = 0; minute < open.length; minute++) {
            var at = first.plus(minute, ChronoUnit.MINUTES);
            opened = minute == 0 || !open[minute - 1] || midnights.contains(at) ? minute : opened;
            if (open[minute]
                    && (minute - opened) % slotMinutes == 0
                    && !at.isBefore(question.since())
                    && isOpen(open, minute, minute + question.minutes())
                    && isFree(at, question)) {
                starts.add(at);
            }
        }
        return starts;
    }

    private static boolean isOpen(boolean[] open, int from, int to) {
        for (int minute = from; minute < to; minute++) {
            if (minute >= open.length || !open[minute]) {
                return false;
            }
        }
        return true;
    }

    /** Of a midnight that comes twice, the second. */
    private Set<Instant> midnights(Instant first, Instant last) {
        var midnights = new HashSet<Instant>();
        var end = last.atZone(rules).toLocalDate().plusDays(1);
        for (var date = first.atZone(rules).toLocalDate(); !date.isAfter(end); date = date.plusDays(1)) {
            midnights.add(
                    date.atTime(0, 0).atZone(rules).withLaterOffsetAtOverlap().toInstant());
        }
        return midnights;
    }

    private boolean isFree(Instant start, Question question) {
        var end = start.plus(question.minutes() + bufferMinutes, ChronoUnit.MINUTES);
        var asked = question.assignee();
        var busy = new HashSet<UUID>();
        var unassigned = new HashSet<Booked>();
        for (var minute = start; minute.isBefore(end); minute = next(minute)) {
            for (var appointment : appointments) {
                if (appointment.blocks(minute)) {
                    busy.add(appointment.assignee());
                    if (appointment.assignee() == null) {
                        unassigned.add(appointment);
                    }
                }
            }
        }
        if (asked != null && !bookable.contains(asked)) {
            return !asked.equals(gone) && !busy.contains(asked);
        }
        var free = bookable.stream().filter(person -> !busy.contains(person)).count();
        return !(asked != null && busy.contains(asked)) && free > unassigned.size();
    }

    private boolean isOpen(Instant minute) {
        var local = minute.atZone(rules).toLocalDateTime();
        var date = local.toLocalDate();
        var ofDay = local.getHour() * 60 + local.getMinute();
        return closures.stream().noneMatch(closed -> !date.isBefore(closed[0]) && !date.isAfter(closed[1]))
                && hours.get(local.getDayOfWeek().getValue() - 1).stream()
                        .anyMatch(open -> ofDay >= open[0] && ofDay < open[1]);
    }

    private static Instant next(Instant minute) {
        return minute.plus(1, ChronoUnit.MINUTES);
    }

    String businessHours() {
        var week = new JsonObject();
        for (var weekday : DayOfWeek.values()) {
            var stretches = new JsonArray();
            hours.get(weekday.getValue() - 1)
                    .forEach(open -> stretches.add(
                            new JsonObject().put("from", clock(open[0])).put("to", clock(open[1]))));
            week.put(weekday.name().toLowerCase(Locale.ROOT), stretches);
        }
        return week.encode();
    }

    String closures() {
        var all = new JsonArray();
        closures.forEach(closed -> all.add(new JsonObject()
                .put("from", closed[0].toString())
                .put("to", closed[1].toString())
                .put("name", "Closed")));
        return all.encode();
    }

    private static String clock(int minutes) {
        return "%02d:%02d".formatted(minutes / 60, minutes % 60);
    }
}
