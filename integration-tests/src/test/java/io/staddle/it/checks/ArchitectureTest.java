package io.staddle.it.checks;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import java.util.function.Predicate;

/// Who may see whom. `docs/architecture.md` says why.
final class ArchitectureTest {
    private static final String BATCH = "io.staddle.storage.Batch";

    /// Made by protoc: the messages of the API, and the rows of the tables.
    private static final DescribedPredicate<JavaClass> GENERATED =
            resideInAPackage("io.staddle..v1").as("generated");

    private static final JavaClasses ALL =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.staddle");

    private static final JavaClasses OURS = ALL.that(not(GENERATED));

    @Test
    void modulesSeeOnlyTheModulesBelowThem() {
        check(
                layeredArchitecture()
                        .consideringOnlyDependenciesInAnyPackage("io.staddle..")
                        .withOptionalLayers(true)
                        .layer("api")
                        .definedBy("io.staddle.api..")
                        .layer("storage")
                        .definedBy("io.staddle.storage..")
                        .layer("statemachine")
                        .definedBy("io.staddle.statemachine..")
                        .layer("client")
                        .definedBy("io.staddle.client..")
                        .layer("server")
                        .definedBy("io.staddle.server..")
                        .layer("cli")
                        .definedBy("io.staddle.cli..")
                        .layer("bench")
                        .definedBy("io.staddle.bench..")
                        .layer("dataplane")
                        .definedBy("io.staddle.dataplane..")
                        .layer("testkit")
                        .definedBy("io.staddle.testkit..")
                        .whereLayer("api")
                        .mayNotAccessAnyLayer()
                        .whereLayer("storage")
                        .mayNotAccessAnyLayer()
                        .whereLayer("statemachine")
                        .mayOnlyAccessLayers("api", "storage")
                        .whereLayer("client")
                        .mayOnlyAccessLayers("api")
                        .whereLayer("server")
                        .mayOnlyAccessLayers("api", "storage", "statemachine")
                        .whereLayer("dataplane")
                        .mayOnlyAccessLayers("api", "client")
                        .whereLayer("testkit")
                        .mayOnlyAccessLayers("api", "client", "server")
                        .whereLayer("cli")
                        .mayOnlyAccessLayers("api", "client"));
    }

    @Test
    void onlyTheRatisAdaptorKnowsRatisAndNobodyAboveStorageKnowsRocksDb() {
        check(
                noClasses()
                        .that()
                        .resideInAPackage("io.staddle.statemachine..")
                        .and()
                        .resideOutsideOfPackage("..ratis..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("org.apache.ratis..", "org.rocksdb.."));
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackages(
                                "io.staddle.storage..", "io.staddle.statemachine..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("org.rocksdb.."));
    }

    @Test
    void clientAndCliKnowNeitherRatisNorAnUnshadedNetty() {
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage(
                                "io.staddle.api..", "io.staddle.client..", "io.staddle.cli..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("org.apache.ratis..", "com.linecorp..", "io.netty.."));
    }

    @Test
    void onlyProjectionsHistoryAndMachineWriteBatches() {
        check(
                noClasses()
                        .that(
                                resideInAnyPackage(
                                        "io.staddle.statemachine..", "io.staddle.server.."))
                        .and(not(outermostName("(.*Projection|History|Machine)")))
                        .should()
                        .dependOnClassesThat()
                        .haveFullyQualifiedName(BATCH));
    }

    @Test
    void rulesNeverSeeABatch() {
        check(
                noClasses()
                        .that(outermostName(".*Rules"))
                        .should()
                        .dependOnClassesThat()
                        .haveFullyQualifiedName(BATCH));
    }

    @Test
    void leaderTasksNeverSeeABatch() {
        check(
                noClasses()
                        .that(implementsTypeNamed("LeaderTask"))
                        .should()
                        .dependOnClassesThat()
                        .haveFullyQualifiedName(BATCH));
    }

    @Test
    void apiHoldsRecordsEnumsAndSealedInterfaces() {
        check(
                classes()
                        .that()
                        .resideInAPackage("io.staddle.api..")
                        .and(not(resideInAPackage("io.staddle.api.codec..")))
                        .and()
                        .arePublic()
                        .should(beVocabulary()));
    }

    @Test
    void packagesHaveNoCycles() {
        check(slices().matching("io.staddle.(**)").should().beFreeOfCycles());
    }

    @Test
    void everyPackageIsNullMarked() {
        check(classes().should(liveInANullMarkedPackage()));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(OURS);
    }

    /// A nested class counts as the class that it is written in.
    private static DescribedPredicate<JavaClass> outermostName(String regex) {
        return DescribedPredicate.describe(
                "outermost class named " + regex,
                type -> {
                    String name = type.getName().substring(type.getPackageName().length() + 1);
                    return name.replaceFirst("\\$.*", "").matches(regex);
                });
    }

    private static DescribedPredicate<JavaClass> implementsTypeNamed(String name) {
        return DescribedPredicate.describe(
                "implements " + name,
                type ->
                        type.getAllRawInterfaces().stream()
                                .anyMatch(implemented -> implemented.getSimpleName().equals(name)));
    }

    private static ArchCondition<JavaClass> beVocabulary() {
        return condition(
                "be a record, an enum, a sealed interface or an exception",
                type ->
                        type.isRecord()
                                || type.isEnum()
                                || (type.isInterface() && type.reflect().isSealed())
                                || type.isAssignableTo(RuntimeException.class)
                                || type.getSimpleName().equals("package-info"));
    }

    private static ArchCondition<JavaClass> liveInANullMarkedPackage() {
        return condition(
                "live in a @NullMarked package",
                type -> type.getPackage().isAnnotatedWith(NullMarked.class));
    }

    private static ArchCondition<JavaClass> condition(String text, Predicate<JavaClass> holds) {
        return new ArchCondition<>(text) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!holds.test(type)) {
                    events.add(
                            SimpleConditionEvent.violated(
                                    type, type.getFullName() + " should " + text));
                }
            }
        };
    }
}
