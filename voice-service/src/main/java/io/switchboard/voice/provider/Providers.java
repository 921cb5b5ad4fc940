package io.switchboard.voice.provider;

import io.switchboard.voice.provider.twilio.Twilio;
import io.switchboard.voice.provider.vapi.Vapi;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The supported providers, by name. */
public final class Providers {
    private static final Map<String, Provider> ALL = Stream.of(new Vapi(), new Twilio())
            .collect(Collectors.toUnmodifiableMap(Provider::name, Function.identity()));

    private Providers() {}

    /** Null when there is no such provider. */
    public static @Nullable Provider named(String name) {
        return ALL.get(name);
    }

    public static Set<String> names() {
        return ALL.keySet();
    }
}
