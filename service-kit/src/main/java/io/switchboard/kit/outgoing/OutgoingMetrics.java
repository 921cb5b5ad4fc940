package io.switchboard.kit.outgoing;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;

/** Keeps tenants' URLs out of the labels of metrics: their paths hold secrets, and there is no end of them. */
class OutgoingMetrics {
    private static final Set<String> TELLING = Set.of("uri", "address", "remote-address");

    @Produces
    @Singleton
    MeterFilter withoutUrls() {
        return new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                return OutgoingHttp.NAME.equals(id.getTag("clientName"))
                        ? id.replaceTags(id.getTags().stream()
                                .map(tag -> TELLING.contains(tag.getKey()) ? Tag.of(tag.getKey(), "any") : tag)
                                .toList())
                        : id;
            }
        };
    }
}
