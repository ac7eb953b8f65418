// SPDX-License-Identifier: Apache-2.0
package io.gantry.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.Gantry;
import io.gantry.GantryException;
import io.gantry.Permission;
import io.gantry.Principal;
import io.gantry.Workspace;
import io.gantry.local.Datasets;
import io.gantry.local.RecordDataset;
import io.gantry.mapping.ExportMapping;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.NewPipeline;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading a file takes the permission of what the file is, whichever way leads to it. */
class FileAccessTest {

    record Person(String id, String name) {}

    @TempDir
    Path folder;

    private final RecordDataset<Person> people =
            Datasets.of(Person.class).named("people").key("id").inMemory();
    private Gantry gantry;
    private Workspace owner;
    private Run load;
    private Run export;

    @BeforeEach
    void open() throws IOException {
        gantry = Gantry.builder().dataset(people).build();
        owner = gantry.workspace(Principal.owner("acme", "ada"));
        owner.pipelines()
                .createActive(NewPipeline.importing(
                        "in",
                        "people",
                        FileFormat.csv(),
                        mapping -> mapping.column("id")
                                .to("id")
                                .column("name")
                                .to("name")
                                .required()
                                .skipInvalidRows()));
        owner.pipelines()
                .createActive(NewPipeline.exporting("out", "people", FileFormat.csv(), ExportMapping.of("id", "name")));
        Path file = Files.writeString(folder.resolve("people.csv"), "id,name\n1,Al\n2,\n");
        load = owner.runs().submit("in", file).await();
        export = owner.runs().submit(RunRequest.of("out")).await();
    }

    @AfterEach
    void close() {
        gantry.close();
    }

    private Workspace may(Permission... permissions) {
        return gantry.workspace(new Principal("acme", "bob", Set.of(permissions)));
    }

    private static void denied(Permission lacking, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        GantryException.class, e -> assertThat(e.code()).isEqualTo("PERMISSION_DENIED"))
                .hasMessageContaining(lacking.text());
    }

    @Test
    void the_output_of_an_export_takes_the_permission_to_download_by_its_ref_as_well() throws IOException {
        String ref = export.output().orElseThrow().ref();
        denied(
                Permission.EXPORTS_DOWNLOAD,
                () -> may(Permission.IMPORTS_VIEW, Permission.EXPORTS_VIEW).file(ref));
        assertThat(may(Permission.EXPORTS_DOWNLOAD).file(ref).orElseThrow().open())
                .asString(java.nio.charset.StandardCharsets.UTF_8)
                .contains("1,Al");
    }

    @Test
    void the_output_of_an_export_cannot_be_read_by_importing_it() {
        String ref = export.output().orElseThrow().ref();
        Workspace importer = may(Permission.IMPORTS_RUN, Permission.IMPORTS_VIEW, Permission.PIPELINES_VIEW);
        denied(Permission.EXPORTS_DOWNLOAD, () -> importer.runs().preview(RunRequest.ofStored("in", ref)));
        denied(Permission.EXPORTS_DOWNLOAD, () -> importer.proposeMapping("people", FileFormat.csv(), ref));
    }

    @Test
    void what_a_run_found_out_takes_the_permission_to_see_runs() throws IOException {
        Path file = Files.writeString(folder.resolve("more.csv"), "id,name\n3,\n");
        Workspace importer = may(Permission.IMPORTS_RUN);
        Run preview = importer.runs().preview(RunRequest.of("in", file));
        while (!owner.runs().get(preview.id()).status().hasEnded()) {
            owner.runs().get(preview.id()).await();
        }
        denied(Permission.IMPORTS_VIEW, preview::report);
        denied(Permission.IMPORTS_VIEW, preview::rejects);
        denied(Permission.IMPORTS_VIEW, preview::plan);
        denied(Permission.EXPORTS_VIEW, () -> {
            Run seen = may(Permission.EXPORTS_GENERATE).runs().submit(RunRequest.of("out"));
            owner.runs().get(seen.id()).await();
            seen.report();
        });
    }

    @Test
    void uploads_and_rejects_take_the_permission_to_see_imports() {
        String upload = may(Permission.IMPORTS_RUN)
                .store("people.csv", new ByteArrayInputStream(new byte[] {'i', 'd', '\n'}))
                .ref();
        for (String ref : Set.of(upload, load.rejects().orElseThrow().ref())) {
            assertThat(may(Permission.IMPORTS_VIEW).file(ref)).isPresent();
            denied(
                    Permission.IMPORTS_VIEW,
                    () -> may(Permission.EXPORTS_DOWNLOAD).file(ref));
        }
    }

    @Test
    void a_file_that_is_not_there_looks_the_same_to_everyone_who_may_see_files() {
        assertThat(may(Permission.IMPORTS_VIEW).file("no-such-ref")).isEmpty();
        assertThat(may(Permission.EXPORTS_DOWNLOAD).file("no-such-ref")).isEmpty();
        denied(Permission.IMPORTS_VIEW, () -> may(Permission.PIPELINES_VIEW).file("no-such-ref"));
        String ref = export.output().orElseThrow().ref();
        assertThat(gantry.workspace(Principal.owner("other", "eve")).file(ref)).isEmpty();
    }

    @Test
    void an_export_has_a_report_like_an_import() {
        assertThat(export.report().counts().read()).isEqualTo(1);
        assertThat(export.report().summary()).startsWith("out  people → people-");
        assertThat(export.tasks()).hasSize(4);
    }
}
