// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import io.gantry.Gantry;
import io.gantry.Principal;
import io.gantry.Workspace;
import io.gantry.mapping.ExportMapping;
import io.gantry.mapping.ImportMapping;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.NewPipeline;
import io.gantry.run.Run;
import io.gantry.run.RunRequest;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.dataset.ReadableDataset;
import io.gantry.spi.file.FileContent;
import io.gantry.spi.schema.Field;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Whole runs on one dataset: text in, text out. */
final class TableSite implements AutoCloseable {

    private final ReadableDataset dataset;
    private final Gantry gantry;
    private final Workspace workspace;
    private int pipelines;

    TableSite(ReadableDataset dataset) {
        this.dataset = dataset;
        gantry = Gantry.builder().dataset(dataset).build();
        workspace = gantry.workspace(Principal.owner("acme", "ada"));
    }

    static TableSite of(DataSource database, String table) {
        return new TableSite(JdbcDatasets.of(database).table(table).open());
    }

    /** Loads lines of comma separated text whose first line names the fields. */
    Run load(LoadMode mode, String text, String... key) {
        return workspace.runs().submit(request(mode, text, key)).await();
    }

    Run preview(LoadMode mode, String text, String... key) {
        return workspace.runs().preview(request(mode, text, key)).await();
    }

    private RunRequest request(LoadMode mode, String text, String... key) {
        String code = "import-" + ++pipelines;
        String[] columns = text.lines().findFirst().orElse("").split(",");
        workspace
                .pipelines()
                .createActive(NewPipeline.importing(
                        code, dataset.name(), FileFormat.csv(), ImportMapping.of(mapping -> {
                            var steps = mapping;
                            for (String column : columns) {
                                steps = steps.column(column).to(column);
                            }
                            return steps.load(mode, key).skipInvalidRows();
                        })));
        return RunRequest.of(code, new Text(text));
    }

    /** All rows as an export gives them, header included. */
    String export(String... fields) {
        String code = "export-" + ++pipelines;
        List<String> names = new ArrayList<>(List.of(fields));
        if (names.isEmpty()) {
            dataset.schema().fields().stream().map(Field::name).forEach(names::add);
        }
        workspace
                .pipelines()
                .createActive(NewPipeline.exporting(
                        code, dataset.name(), FileFormat.csv(), ExportMapping.of(names.toArray(String[]::new))));
        Run run = workspace.runs().submit(RunRequest.of(code)).await();
        try (InputStream output =
                run.output().orElseThrow(() -> new AssertionError(run.error())).open()) {
            return new String(output.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("\r\n", "\n")
                    .replace("\uFEFF", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        gantry.close();
    }

    private record Text(String text) implements FileContent {

        @Override
        public String name() {
            return "rows.csv";
        }

        @Override
        public long length() {
            return text.getBytes(StandardCharsets.UTF_8).length;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public Optional<java.nio.file.Path> path() {
            return Optional.empty();
        }
    }
}
