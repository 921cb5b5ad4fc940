package io.switchboard.bench;

import io.switchboard.local.Service;
import java.util.EnumMap;
import java.util.Map;

/** What each service holds at a moment, in MiB (PSS: pages shared with other processes count in part). */
record Memory(Map<Service, Double> mebibytes) {

    static Memory now(OwnSuite suite) {
        Map<Service, Double> all = new EnumMap<>(Service.class);
        for (Service service : Service.values()) {
            all.put(service, Proc.pssMiB(suite.pid(service)));
        }
        return new Memory(all);
    }

    double of(Service service) {
        return mebibytes.get(service);
    }

    double together() {
        return mebibytes.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
