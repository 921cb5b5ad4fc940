package io.switchboard.auth.throttle;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.problem.Problems;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Counts attempts before they are checked and takes back those that succeed, in the database: the limits hold over all
 * replicas and restarts, and for parallel attempts.
 */
@ApplicationScoped
public class Throttle {
    /** The columns that a statement which counts an attempt ends with; {@link #admitted} reads them. */
    public static final String OUTCOME = "reserved_at, refused::text as refused, retry_after";

    private static final String RESERVE = "select " + OUTCOME + " from reserve_attempt($1)";

    private static final int IN_A_MOMENT = 1; // seconds
    private static final int FIRST_PAUSE =
            100; // ms; each is half as long again as the one before, eleven seconds at most
    private static final int LONGEST_PAUSE = 4_000;

    private final TenantSql sql;
    private final Vertx vertx;

    Throttle(TenantSql sql, Vertx vertx) {
        this.sql = sql;
        this.vertx = vertx;
    }

    /** An attempt that was counted, and in which counters. */
    public record Attempt(JsonArray limits, OffsetDateTime at) {}

    /** Fails with {@code too_many_attempts} (429) or a more particular type if one of the limits is reached. */
    public Uni<Attempt> reserve(Limit... limits) {
        var json = json(limits);
        return counted(RESERVE, Tuple.of(json)).map(row -> admitted(row, json));
    }

    /**
     * The row of a statement that counts an attempt, for {@link #admitted}. Where there is no room until it is known what becomes
     * of others, it runs again for a while: many people sign in from one address, and only failures are to close it.
     */
    public Uni<Row> counted(String counting, Tuple args) {
        return counted(counting, args, FIRST_PAUSE);
    }

    private Uni<Row> counted(String counting, Tuple args, int millis) {
        return sql.crossTenant(counting, args)
                .map(rows -> rows.iterator().next())
                .chain(row -> isFull(row) && millis < LONGEST_PAUSE
                        ? pause(millis).chain(() -> counted(counting, args, millis * 3 / 2))
                        : Uni.createFrom().item(row));
    }

    /** With jitter, so that they do not all come back at once. */
    private Uni<Void> pause(int most) {
        var millis = ThreadLocalRandom.current().nextInt(most / 2, most);
        return Uni.createFrom().emitter(waiting -> vertx.setTimer(millis, timer -> waiting.complete(null)));
    }

    /** There is no room only because the outcome of other attempts is open. */
    private static boolean isFull(Row outcome) {
        return outcome.getString("refused") != null && outcome.getInteger("retry_after") == 0;
    }

    /** Says that the attempt has failed; which counters that has closed, as {@code fail_attempt} tells it. */
    Uni<List<JsonObject>> failed(Attempt attempt) {
        return sql.crossTenant("select fail_attempt($1, $2) as closed", Tuple.of(attempt.limits(), attempt.at()))
                .map(rows -> rows.iterator().next().getJsonArray("closed").stream()
                        .map(JsonObject.class::cast)
                        .toList());
    }

    /** The attempt as counted. Fails with {@code too_many_attempts} (429) or a more particular type. */
    public static Attempt admitted(Row outcome, JsonArray limits) {
        var refused = outcome.getString("refused");
        if (refused != null) {
            throw Problem.tooMany(type(refused), Math.max(outcome.getInteger("retry_after"), IN_A_MOMENT));
        }
        return new Attempt(limits, outcome.getOffsetDateTime("reserved_at"));
    }

    /** Takes the attempt back, because it succeeded; what it was about starts anew. */
    public Uni<Void> succeeded(Attempt attempt) {
        return giveBack(attempt, true);
    }

    /** Clears a counter, whatever it has come to. */
    public Uni<Void> reset(Limit limit) {
        return sql.crossTenant("select return_attempt($1, null, true)", Tuple.of(json(limit.cleared())))
                .replaceWithVoid();
    }

    /** Runs what the attempt is about, and takes it back unless that fails as is counted. */
    public <T> Uni<T> counting(Attempt attempt, Predicate<Throwable> counts, Supplier<Uni<? extends T>> work) {
        return Uni.createFrom()
                .deferred(work)
                .onFailure(failure -> !counts.test(failure))
                .call(failure -> giveBack(attempt, false).onFailure().recoverWithNull());
    }

    /** Whether it is a refusal, of the type or of a constraint of that name. */
    public static boolean is(Throwable failure, String type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.equals(type(cause))) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String type(Throwable failure) {
        if (failure instanceof Problem problem) {
            return problem.type();
        }
        return Problems.constraint(failure);
    }

    public static JsonArray json(Limit... limits) {
        var json = new JsonArray();
        Stream.of(limits).map(Limit::json).forEach(json::add);
        return json;
    }

    private Uni<Void> giveBack(Attempt attempt, boolean succeeded) {
        return sql.crossTenant("select return_attempt($1, $2, $3)", Tuple.of(attempt.limits(), attempt.at(), succeeded))
                .replaceWithVoid();
    }

    private static String type(String scope) {
        return switch (scope) {
            case "platform" -> "pin_needs_organization";
            case "signup" -> "too_many_signups";
            case "chosen_pin" -> "pin_must_be_generated";
            default -> "too_many_attempts";
        };
    }
}
