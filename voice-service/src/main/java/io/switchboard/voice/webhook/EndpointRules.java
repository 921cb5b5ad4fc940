package io.switchboard.voice.webhook;

import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.text.CleanText;
import io.switchboard.voice.provider.Provider;
import io.switchboard.voice.signature.EndpointOptions;
import io.switchboard.voice.signature.Option;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an endpoint of a provider may be given. */
final class EndpointRules {
    private static final int LONGEST_NAME = 100;

    private EndpointRules() {}

    /**
     * The given secret, or a new one. Fails with {@code invalid} where the provider has no such secrets, or it does not fit the
     * options.
     */
    static String secret(Provider provider, @Nullable String given, Map<String, Object> options) {
        var rule = provider.refuseSecret(given, new EndpointOptions(options));
        if (rule != null) {
            throw Problem.invalid("secret", rule);
        }
        return given == null ? provider.newSecret() : given;
    }

    /** Without nulls. Fails with {@code invalid} for an option that the provider does not know, or a wrong value. */
    static Map<String, Object> options(Provider provider, Map<String, @Nullable Object> given) {
        var known = provider.options().stream().collect(Collectors.toMap(Option::name, option -> option));
        Map<String, Object> checked = new TreeMap<>();
        given.forEach((name, value) -> {
            var option = known.get(name);
            if (option == null || value != null && !option.fits().test(value)) {
                throw Problem.invalid(
                        "options." + CleanText.cut(name, LONGEST_NAME),
                        option == null ? "is no option of " + provider.name() : option.rule());
            }
            if (value != null) {
                checked.put(name, value);
            }
        });
        return checked;
    }
}
