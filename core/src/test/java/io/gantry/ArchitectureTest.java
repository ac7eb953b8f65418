// SPDX-License-Identifier: Apache-2.0
package io.gantry;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("testkit"))
            .importPackages("io.gantry");

    @Test
    void the_spi_knows_nothing_but_the_jdk() {
        noClasses()
                .that()
                .resideInAPackage("io.gantry.spi..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("io.gantry.spi..", "java..", "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void formats_know_the_spi_and_not_the_engine() {
        noClasses()
                .that()
                .resideInAPackage("io.gantry.records..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "io.gantry",
                        "io.gantry.engine..",
                        "io.gantry.run..",
                        "io.gantry.pipeline..",
                        "io.gantry.mapping..",
                        "io.gantry.local..",
                        "io.gantry.validation.."))
                .check(CLASSES);
    }

    @Test
    void the_run_loop_does_not_know_how_state_is_kept() {
        noClasses()
                .that()
                .resideInAPackage("io.gantry.run.loop..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.gantry.engine..", "io.gantry.spi.document.."))
                .check(CLASSES);
    }

    @Test
    void json_is_no_part_of_any_public_type() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.gantry", "io.gantry.run", "io.gantry.pipeline", "io.gantry.local", "io.gantry.spi..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("com.fasterxml.jackson.."))
                .check(CLASSES);
    }

    @Test
    void time_chance_and_sleep_come_in_through_the_builder() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.gantry.Gantry$Builder")
                .should()
                .callMethodWhere(target(nameMatching("now|currentTimeMillis|randomUUID|sleep|systemUTC"))
                        .and(target(owner(resideInAnyPackage("java..")))))
                .check(CLASSES);
    }

    @Test
    void what_comes_out_is_the_same_whatever_locale_zone_and_encoding_the_machine_has() {
        noClasses()
                .should()
                .callMethod(String.class, "format", String.class, Object[].class)
                .orShould()
                .callMethod(String.class, "formatted", Object[].class)
                .orShould()
                .callMethod(String.class, "toLowerCase")
                .orShould()
                .callMethod(String.class, "toUpperCase")
                .orShould()
                .callMethod(String.class, "getBytes")
                .orShould()
                .callConstructor(ParameterMessageInterpolator.class) // the one without a locale takes the machine's
                .orShould()
                .callMethodWhere(target(nameMatching("getDefault|systemDefault|systemDefaultZone|defaultCharset"))
                        .and(target(owner(resideInAnyPackage("java..")))))
                .check(CLASSES);
    }

    @Test
    void classes_are_final_unless_they_are_made_to_be_extended() {
        classes()
                .that()
                .areNotInterfaces()
                .and()
                .areNotEnums()
                .and()
                .areNotAnonymousClasses()
                .and()
                .doNotHaveModifier(JavaModifier.ABSTRACT)
                .and()
                .resideOutsideOfPackage("io.gantry.records..")
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(CLASSES);
    }

    @Test
    void names_say_what_a_class_is_for() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameStartingWith("Abstract")
                .check(CLASSES);
    }

    @Test
    void every_package_is_null_marked() {
        List<String> unmarked = CLASSES.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(each -> !each.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                .map(each -> each.getName())
                .toList();
        assertThat(unmarked).isEmpty();
    }

    @Test
    void no_source_file_is_longer_than_four_hundred_lines_but_builders() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(sources).isNotEmpty().allSatisfy(source -> {
                if (!source.endsWith("ImportMappingBuilder.java")) {
                    assertThat(Files.readAllLines(source)).hasSizeLessThanOrEqualTo(400);
                }
            });
        }
    }
}
