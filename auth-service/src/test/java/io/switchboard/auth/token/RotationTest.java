package io.switchboard.auth.token;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMinutes;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.switchboard.auth.token.Rotation.Step;
import io.switchboard.auth.token.SigningKey.Pair;
import io.switchboard.auth.token.SigningKey.State;
import io.switchboard.kit.token.RsaJwk;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RotationTest {
    static final RsaJwk PUBLIC = Pair.generate(UUID.randomUUID()).publicKey();
    static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-20T10:00:00Z");
    static final UUID OLD = new UUID(0, 1);
    static final UUID ACTIVE = new UUID(0, 2);
    static final UUID NEXT = new UUID(0, 3);
    final Rotation monthly = new Rotation(ofDays(30), ofMinutes(10));

    @Test
    void the_first_key_signs_at_once() {
        assertEquals(List.of(new Step.Make(State.active, NOW)), monthly.steps(List.of(), NOW));
    }

    @Test
    void a_young_key_goes_on_alone() {
        assertEquals(List.of(), monthly.steps(List.of(active(ofDays(29))), NOW));
    }

    @Test
    void the_next_key_is_published_ten_minutes_before_it_signs() {
        var steps = monthly.steps(List.of(active(ofDays(30).minusMinutes(10))), NOW);
        assertEquals(List.of(new Step.Make(State.next, NOW.plusMinutes(10))), steps);
    }

    @Test
    void a_service_that_was_down_for_long_still_publishes_ahead() {
        var steps = monthly.steps(List.of(active(ofDays(90))), NOW);
        assertEquals(List.of(new Step.Make(State.next, NOW.plusMinutes(10))), steps);
    }

    @Test
    void nothing_happens_while_caches_take_up_the_next_key() {
        assertEquals(List.of(), monthly.steps(List.of(active(ofDays(30)), next(NOW.plusSeconds(1))), NOW));
    }

    @Test
    void an_old_key_stays_published_until_its_last_token_expires() {
        var steps = monthly.steps(List.of(active(ofDays(30)), next(NOW)), NOW);
        assertEquals(List.of(new Step.Retire(ACTIVE, NOW.plusMinutes(15)), new Step.Activate(NEXT)), steps);
    }

    @Test
    void a_retired_key_is_forgotten_when_its_time_is_over() {
        var retired = new SigningKey(OLD, State.retired, PUBLIC, new byte[0], NOW.minusDays(31), NOW.minusSeconds(1));
        assertEquals(List.of(new Step.Forget(OLD)), monthly.steps(List.of(retired, active(ofDays(1))), NOW));
    }

    @Test
    void without_an_active_key_the_next_one_takes_over_early() {
        assertEquals(List.of(new Step.Activate(NEXT)), monthly.steps(List.of(next(NOW.plusMinutes(9))), NOW));
    }

    static SigningKey active(java.time.Duration age) {
        return new SigningKey(ACTIVE, State.active, PUBLIC, new byte[0], NOW.minus(age), null);
    }

    static SigningKey next(OffsetDateTime signsFrom) {
        return new SigningKey(NEXT, State.next, PUBLIC, new byte[0], signsFrom, null);
    }
}
