package io.switchboard.local;

import java.util.Arrays;
import java.util.Locale;

/** One of the four services, with the names that follow from it. */
public enum Service {
    AUTH(8081),
    CRM(8082),
    VOICE(8083),
    AUDIT(8084);

    private final int defaultPort;

    Service(int defaultPort) {
        this.defaultPort = defaultPort;
    }

    /** By the module's name, such as {@code crm-service}. */
    static Service named(String module) {
        return Arrays.stream(values())
                .filter(service -> service.module().equals(module))
                .findFirst()
                .orElseThrow(() ->
                        new Refusal("Name a service: auth-service, crm-service, voice-service or audit-service."));
    }

    /** The database schema, and the first half of its roles' names. */
    public String schema() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name by which the services know each other, and the module's directory. */
    public String module() {
        return schema() + "-service";
    }

    public int defaultPort() {
        return defaultPort;
    }

    /** The environment variable that moves it to another port. */
    public String portVariable() {
        return "SWITCHBOARD_" + name() + "_PORT";
    }
}
