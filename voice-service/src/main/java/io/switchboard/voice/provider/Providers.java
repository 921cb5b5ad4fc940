package io.switchboard.voice.provider;

import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The supported providers, by name. */
@Singleton
public final class Providers {
    private final Map<String, Provider> all;

    public Providers(@All List<Provider> all) {
        this.all = all.stream()
                .collect(Collectors.toMap(Provider::name, Function.identity(), Providers::refuse, TreeMap::new));
    }

    /** Null when there is no such provider. */
    public @Nullable Provider named(String name) {
        return all.get(name);
    }

    /** The name of the provider that is meant where somebody gives an assistant's id alone. */
    public String usual() {
        return all.values().stream()
                .filter(Provider::isUsual)
                .findFirst()
                .orElseThrow()
                .name();
    }

    /** Whether there is a provider of the name that is a voice platform. */
    public boolean isVoicePlatform(String name) {
        var provider = named(name);
        return provider != null && provider.isVoicePlatform();
    }

    /** For the message of a refusal: "is one of: …". */
    public String rule() {
        return "is one of: " + String.join(", ", all.keySet());
    }

    private static Provider refuse(Provider one, Provider other) {
        throw new IllegalStateException(
                one.getClass() + " and " + other.getClass() + " have the same name: " + one.name());
    }
}
