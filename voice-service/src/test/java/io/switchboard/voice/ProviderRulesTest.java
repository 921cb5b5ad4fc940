package io.switchboard.voice;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.switchboard.voice.provider.Fixtures;
import io.switchboard.voice.provider.Provider;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A provider is one sub-package: nothing outside it knows its name. */
class ProviderRulesTest {
    private static final String ROOT = "io.switchboard.voice";
    private static final String EACH = ROOT + ".provider.(*)..";
    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void each_adapter_is_in_a_package_of_its_name() {
        assertTrue(Fixtures.providers().size() > 1);
        for (var provider : Fixtures.providers()) {
            assertEquals(
                    ROOT + ".provider." + provider.name(), provider.getClass().getPackageName());
        }
    }

    @Test
    void nothing_else_depends_on_a_provider() {
        noClasses()
                .that()
                .resideOutsideOfPackage(EACH)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(EACH)
                .check(CODE);
        com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices()
                .matching(EACH)
                .should()
                .notDependOnEachOther()
                .check(CODE);
    }

    @Test
    void nothing_else_names_a_provider() {
        var names = Fixtures.providers().stream().map(Provider::name).collect(Collectors.toSet());
        classes().that().resideOutsideOfPackage(EACH).should(nameNone(names)).check(CODE);
        assertEquals(
                Set.of("twilio"),
                constants(CODE.get(ROOT + ".provider.twilio.TwilioCallback")).stream()
                        .filter(names::contains)
                        .collect(Collectors.toSet()),
                "it finds what it looks for");
    }

    private static ArchCondition<JavaClass> nameNone(Set<String> names) {
        return new ArchCondition<>("have no text that is a provider's name") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                var named = new TreeSet<>(constants(type));
                named.retainAll(names);
                events.add(new SimpleConditionEvent(type, named.isEmpty(), type.getName() + " names " + named));
            }
        };
    }

    /** The texts in a class's code, in lower case; examples in annotations are none (JVM specification, 4.4). */
    private static Set<String> constants(JavaClass type) {
        var file = "/" + type.getName().replace('.', '/') + ".class";
        try (InputStream in = Objects.requireNonNull(ProviderRulesTest.class.getResourceAsStream(file), file)) {
            return constants(new DataInputStream(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> constants(DataInputStream in) throws IOException {
        in.skipNBytes(8);
        int count = in.readUnsignedShort();
        Map<Integer, String> texts = new HashMap<>();
        Set<Integer> used = new HashSet<>();
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> texts.put(i, in.readUTF());
                case 8 -> used.add(in.readUnsignedShort());
                case 7, 16, 19, 20 -> in.skipNBytes(2);
                case 15 -> in.skipNBytes(3);
                case 5, 6 -> {
                    in.skipNBytes(8);
                    i++;
                }
                default -> in.skipNBytes(4);
            }
        }
        return used.stream().map(texts::get).map(String::toLowerCase).collect(Collectors.toSet());
    }
}
