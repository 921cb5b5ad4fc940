package io.switchboard.voice.call;

import io.switchboard.voice.callevent.CallTimes.Basis;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * A call that has several rows, one for each id at each provider. The same rows make the same whole, in whatever order they came.
 *
 * @param head the row that stands for the whole: the voice platform's, else the one that began first; its empty fields are filled
 *     from the legs
 * @param legs the other rows as their own events tell them, the most telling one first
 */
record WholeCall(Call head, List<Call> legs) {

    /**
     * @param rows at least one
     * @param isPlatform whether a provider is a voice platform
     */
    static WholeCall of(Collection<Call> rows, Predicate<String> isPlatform) {
        boolean erased = rows.stream().anyMatch(Call::erased);
        List<Call> ordered = rows.stream()
                .map(BorrowedFields::giveBack)
                .map(call -> erased ? call.withoutPerson() : call)
                .sorted(order(isPlatform))
                .toList();
        List<Call> legs = ordered.subList(1, ordered.size());
        return new WholeCall(BorrowedFields.borrow(ordered.get(0), legs), List.copyOf(legs));
    }

    /** A time of arrival depends on the network, so it counts only among rows that have no better one. */
    private static Comparator<Call> order(Predicate<String> isPlatform) {
        return Comparator.comparing((Call call) -> !isPlatform.test(call.provider()))
                .thenComparing(Call::isLeg)
                .thenComparing(WholeCall::beganUponArrival)
                .thenComparing(WholeCall::began)
                .thenComparing(Call::provider)
                .thenComparing(Call::providerCallId);
    }

    private static boolean beganUponArrival(Call call) {
        return call.evidence().getOrDefault("startedAt", 0L) == Basis.ARRIVAL.ordinal();
    }

    private static Instant began(Call call) {
        var started = call.times().started();
        return started == null ? Instant.MAX : started;
    }
}
