// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PackagesTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.gantry.jdbc");

    @Test
    void packages_do_not_depend_on_each_other_in_a_circle() {
        slices().matching("io.gantry.(jdbc..)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void sql_knows_neither_documents_nor_tables() {
        noClasses()
                .that()
                .resideInAPackage("io.gantry.jdbc.sql..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.gantry.jdbc", "io.gantry.jdbc.documents..", "io.gantry.jdbc.table..")
                .check(CLASSES);
    }

    @Test
    void the_exported_package_holds_only_doors() {
        Set<String> exported = CLASSES.stream()
                .filter(each -> each.getPackageName().equals("io.gantry.jdbc"))
                .map(each -> each.getName().replaceAll("[$].*", ""))
                .filter(each -> !each.endsWith("package-info"))
                .collect(Collectors.toSet());
        assertThat(exported).containsExactlyInAnyOrder("io.gantry.jdbc.JdbcDatasets", "io.gantry.jdbc.JdbcDocuments");
    }
}
