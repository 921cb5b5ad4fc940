package io.switchboard.voice.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.switchboard.voice.callevent.CallEvent;
import io.switchboard.voice.signature.Credentials;
import io.switchboard.voice.signature.Delivery;
import io.switchboard.voice.signature.DeliveryLimits;
import io.switchboard.voice.signature.EndpointOptions;
import io.switchboard.voice.signature.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The sample deliveries of the providers, byte for byte, and the signatures that must verify. */
public final class Fixtures {
    public static final Instant ARRIVED = Instant.parse("2026-06-01T14:00:00Z");
    public static final String URL = "https://voice.example.com/webhooks/acme";

    private Fixtures() {}

    public static byte[] bytes(String file) {
        try (InputStream in = Objects.requireNonNull(Fixtures.class.getResourceAsStream("/fixtures/" + file), file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String text(String file) {
        return new String(bytes(file), StandardCharsets.UTF_8);
    }

    /** As {@code vapi/hang.json}, in order. */
    public static List<String> files(String provider) {
        try (Stream<Path> files =
                Files.list(Path.of(Objects.requireNonNull(Fixtures.class.getResource("/fixtures/" + provider))
                        .toURI()))) {
            return files.map(file -> provider + "/" + file.getFileName())
                    .sorted()
                    .toList();
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of all providers. */
    static List<JsonNode> vectors() {
        return files("signature-vectors").stream()
                .map(file -> file.substring(file.indexOf('/') + 1).replace(".json", ""))
                .flatMap(file -> vectors(file).stream())
                .toList();
    }

    /** Of one file. */
    static List<JsonNode> vectors(String provider) {
        try {
            return new ObjectMapper()
                    .readTree(bytes("signature-vectors/" + provider + ".json"))
                    .valueStream()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Delivery delivery(byte[] body, Map<String, String> headers) {
        return delivery("POST", URL, body, headers);
    }

    public static Delivery delivery(String method, String url, byte[] body, Map<String, String> headers) {
        Map<String, String> any = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        any.putAll(headers);
        return new Delivery(method, url, any::get, body, DeliveryLimits.DEFAULT);
    }

    /** The single event in a body, as the provider's adapter names it. */
    public static IdentifiedEvent identify(String provider, String body) {
        List<IdentifiedEvent> events =
                provider(provider).identify(delivery(body.getBytes(StandardCharsets.UTF_8), Map.of()));
        if (events.size() != 1) {
            throw new AssertionError(events);
        }
        return events.get(0);
    }

    /** What a body tells of its call. */
    public static CallEvent event(String provider, String body) {
        return event(provider, body, 1);
    }

    public static CallEvent event(String provider, String body, int revision) {
        IdentifiedEvent event = identify(provider, body);
        return Objects.requireNonNull(
                provider(provider).translate(new RawEvent(event.type(), revision, event.body(), ARRIVED)), body);
    }

    /** What a sample, as {@code vapi/hang.json}, tells of its call. */
    public static CallEvent sample(String file) {
        return event(file.substring(0, file.indexOf('/')), text(file));
    }

    /** What all samples of a provider tell of calls. */
    public static List<CallEvent> samples(Provider provider) {
        return files(provider.name()).stream()
                .flatMap(file -> provider.identify(delivery(bytes(file), Map.of())).stream())
                .filter(event -> !event.isMalformed())
                .map(event -> provider.translate(new RawEvent(event.type(), 1, event.body(), ARRIVED)))
                .filter(Objects::nonNull)
                .toList();
    }

    /** All that the service supports: a new one needs no line here. */
    public static List<Provider> providers() {
        return Adapters.ALL;
    }

    public static Provider provider(String name) {
        return providers().stream()
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Found only where a test asks for them. */
    private static final class Adapters {
        private static final List<Provider> ALL = new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.switchboard.voice.provider")
                        .stream()
                        .filter(adapter -> adapter.isAssignableTo(Provider.class) && !adapter.isInterface())
                        .map(Fixtures::instance)
                        .toList();
    }

    /** Which of the secrets signed it: the first is the current one, a second the previous one. */
    public static Verdict verdict(Provider provider, Delivery delivery, Instant now, byte[]... secrets) {
        return verdict(provider, delivery, now, EndpointOptions.NONE, secrets);
    }

    /** Of an endpoint with these options. */
    public static Verdict verdict(
            Provider provider, Delivery delivery, Instant now, EndpointOptions options, byte[]... secrets) {
        byte[] current = secrets.length == 0 ? new byte[0] : secrets[0];
        byte[] previous = secrets.length < 2 ? null : secrets[1];
        return provider.verify(delivery, new Credentials(current, previous, options), now);
    }

    private static Provider instance(JavaClass adapter) {
        try {
            return (Provider) adapter.reflect().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
