package io.switchboard.kit.front;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Bounds the time series of each metric, as some of their labels come from clients; a series is never given up again. */
class SeriesBound {
    private static final int MOST_OF_A_METRIC = 1_000;
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    @Produces
    @Singleton
    MeterFilter filter() {
        return new MeterFilter() {
            private final Map<String, AtomicInteger> series = new ConcurrentHashMap<>();

            @Override
            public Meter.Id map(Meter.Id id) {
                var method = id.getTag("method");
                return method == null || METHODS.contains(method)
                        ? id
                        : id.replaceTags(id.getTags().stream()
                                .map(tag -> tag.getKey().equals("method") ? Tag.of("method", "OTHER") : tag)
                                .toList());
            }

            @Override
            public MeterFilterReply accept(Meter.Id id) {
                var known = series.computeIfAbsent(id.getName(), name -> new AtomicInteger());
                return known.incrementAndGet() > MOST_OF_A_METRIC ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
            }
        };
    }
}
