package io.switchboard.crm.sla;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * What happens to a ticket, at random, and what its clocks must go by in the end. Times are minutes after the beginning of the
 * organization's history; calendar and policies are numbered 0 and, after they have changed, 1.
 */
final class TicketHistory {
    private static final List<String> STATUSES = List.of("open", "pending", "resolved", "closed");
    static final List<String> PRIORITIES = List.of("low", "medium", "high", "urgent");
    private static final Set<String> PAUSED = Set.of("pending", "resolved", "closed");
    private static final Set<String> ENDED = Set.of("resolved", "closed");
    private static final int DAY = 24 * 60;

    private final UUID id = UUID.randomUUID();
    private final List<Step> steps = new ArrayList<>();

    private String status = "new";
    private String priority;
    private int created;
    private Integer pausedSince;
    private Integer answered;
    private Integer ended;
    private final JsonArray pauses = new JsonArray();
    private Rule firstResponse;
    private Rule resolution;

    /** @param what created, status, priority or answer @param word the new status or priority */
    record Step(int at, String what, String word) {}

    /** By which calendar and policy a clock was set last. */
    private record Rule(int calendar, String priority) {}

    /** @param changedAt when calendar and policies change; nothing that happens in that minute comes before */
    TicketHistory(Random random, int changedAt) {
        steps.add(new Step(random.nextInt(3 * DAY), "created", oneOf(random, PRIORITIES)));
        for (int i = random.nextInt(5); i > 0; i--) {
            steps.add(new Step(steps.get(0).at() + random.nextInt(5 * DAY), "status", oneOf(random, STATUSES)));
        }
        if (random.nextInt(4) == 0) {
            steps.add(new Step(steps.get(0).at() + random.nextInt(5 * DAY), "priority", oneOf(random, PRIORITIES)));
        }
        if (random.nextInt(3) > 0) {
            steps.add(new Step(steps.get(0).at() + random.nextInt(DAY), "answer", null));
        }
        steps.sort(Comparator.comparingInt(Step::at)); // stable: it is created first
        steps.stream().filter(step -> step.at() < changedAt).forEach(step -> apply(step, 0));
        if (steps.get(0).at() < changedAt && !ENDED.contains(status)) {
            setClocks(1);
        }
        steps.stream().filter(step -> step.at() >= changedAt).forEach(step -> apply(step, 1));
    }

    private void apply(Step step, int calendar) {
        switch (step.what()) {
            case "created" -> {
                created = step.at();
                priority = step.word();
                setClocks(calendar);
            }
            case "status" -> move(step, calendar);
            case "priority" -> {
                var isNew = !priority.equals(step.word());
                priority = step.word();
                if (isNew && !ENDED.contains(status)) {
                    setClocks(calendar);
                }
            }
            default -> answered = answered == null ? step.at() : answered;
        }
    }

    private void move(Step step, int calendar) {
        var before = status;
        status = step.word();
        if (PAUSED.contains(status)) {
            pausedSince = pausedSince == null ? step.at() : pausedSince;
        } else if (pausedSince != null) {
            if (pausedSince < step.at()) {
                pauses.add(new JsonObject().put("starts", pausedSince).put("ends", step.at()));
            }
            pausedSince = null;
        }
        ended = ENDED.contains(status) ? (ended == null ? Integer.valueOf(step.at()) : ended) : null;
        if (PAUSED.contains(before) && !ENDED.contains(status) && !before.equals(status)) {
            setClocks(calendar);
        }
    }

    private void setClocks(int calendar) {
        var rule = new Rule(calendar, priority);
        firstResponse = answered == null ? rule : firstResponse;
        resolution = rule;
    }

    /** Those before the change, or those after it. */
    JsonArray steps(int changedAt, boolean before) {
        var all = new JsonArray();
        steps.stream()
                .filter(step -> step.at() < changedAt == before)
                .forEach(step -> all.add(new JsonObject()
                        .put("id", id.toString())
                        .put("at", step.at())
                        .put("what", step.what())
                        .put("word", step.word())));
        return all;
    }

    /** @param minutes of the first response and of the resolution by priority, for either calendar */
    JsonObject expected(List<Map<String, int[]>> minutes) {
        return new JsonObject()
                .put("id", id.toString())
                .put("created", created)
                .put("paused_since", pausedSince)
                .put("answered", answered)
                .put("ended", ended)
                .put("pauses", pauses)
                .put("response_calendar", firstResponse.calendar())
                .put("response_minutes", minutes.get(firstResponse.calendar()).get(firstResponse.priority())[0])
                .put("resolution_calendar", resolution.calendar())
                .put("resolution_minutes", minutes.get(resolution.calendar()).get(resolution.priority())[1]);
    }

    private static String oneOf(Random random, List<String> words) {
        return words.get(random.nextInt(words.size()));
    }
}
