package io.switchboard.kit.test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** How code is laid out here, held by ArchUnit. A rule that matches no class fails: it would hold nothing. */
public final class HouseRules {
    private HouseRules() {}

    /** @param root the service's package, such as io.switchboard.crm */
    public static void check(String root) {
        var code = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(root);
        rules(root).forEach(rule -> rule.allowEmptyShould(false).check(code));
        features(root, code);
    }

    private static List<ArchRule> rules(String root) {
        return List.of(
                noClasses()
                        .that()
                        .resideInAPackage(root + "..")
                        .should()
                        .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Base|Dto|DTO)")
                        .because("a name says what the thing is"),
                noFields()
                        .that()
                        .areDeclaredInClassesThat()
                        .resideInAPackage(root + "..")
                        .should()
                        .beAnnotatedWith("jakarta.inject.Inject")
                        .because("what a class needs, its constructor asks for"),
                noClasses()
                        .that()
                        .resideInAPackage(root + "..")
                        .and()
                        .resideOutsideOfPackages("io.switchboard.kit.migrate", "io.switchboard.local..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("java.sql..", "javax.sql..")
                        .because("JDBC blocks; only migrations use it"),
                noClasses()
                        .that()
                        .resideInAPackage(root + "..")
                        .should()
                        .dependOnClassesThat()
                        .haveNameMatching("jakarta\\.validation\\.constraints\\.(NotBlank|NotEmpty)")
                        .because("marks without width pass it: required text is @NotNull @NullOrNotBlank"),
                noClasses()
                        .that()
                        .resideInAPackage(root + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("org.jose4j..")
                        .because("tokens are read and signed by SmallRye JWT"),
                noClasses()
                        .that()
                        .resideInAPackage(root + "..")
                        .and()
                        .resideOutsideOfPackages("io.switchboard.kit.tenant")
                        .should()
                        .dependOnClassesThat()
                        .haveNameMatching(
                                "io\\.vertx\\.sqlclient\\.(Pool|SqlConnection|SqlClient)"
                                        + "|io\\.vertx\\.mutiny\\.sqlclient\\..*|org\\.hibernate\\.reactive\\.mutiny\\.Mutiny\\$.*SessionFactory.*")
                        .because("there is one door to the database"),
                noClasses()
                        .that()
                        .resideInAPackage(root + "..")
                        .should()
                        .dependOnClassesThat()
                        .haveNameMatching(
                                "java\\.time\\.(ZoneId|ZonedDateTime|zone\\..*)|java\\.util\\.(TimeZone|.*Calendar)")
                        .because("PostgreSQL alone knows time zones: Java's rules are of another year"),
                noClasses()
                        .that()
                        .resideInAPackage(root + "..")
                        .should()
                        .callMethodWhere(com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                                        com.tngtech.archunit.core.domain.properties.HasName.Predicates.name("await"))
                                .and(com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                                        com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner(
                                                com.tngtech.archunit.core.domain.properties.HasName.Predicates
                                                        .nameMatching("io\\.smallrye\\.mutiny\\..*")))))
                        .because("waiting blocks the event loop"),
                noClasses()
                        .that()
                        .resideInAPackage(root + "..")
                        .should()
                        .accessTargetWhere(DescribedPredicate.describe(
                                "a target that deletes an entity", HouseRules::deletesEntity))
                        .because("two such deletes at once hang (hibernate-reactive#1713): EntityDeletion does it"),
                classes()
                        .that()
                        .resideInAPackage(root + "..")
                        .and()
                        .haveSimpleNameEndingWith("Resource")
                        .should()
                        .beAnnotatedWith("jakarta.ws.rs.Path")
                        .because("a resource is a noun in the URL"));
    }

    private static boolean deletesEntity(JavaAccess<?> access) {
        return access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget target
                && target.getName().equals("delete")
                && target.getRawParameterTypes().size() == 1
                && target.getRawParameterTypes().get(0).isEquivalentTo(Object.class)
                && target.getOwner().isAssignableTo("io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase");
    }

    private static void features(String root, JavaClasses code) {
        slices().matching(root + ".(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(false)
                .check(code);
    }
}
