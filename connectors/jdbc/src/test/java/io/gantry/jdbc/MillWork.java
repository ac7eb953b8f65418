// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import io.gantry.Workspace;
import io.gantry.mapping.ErrorPolicy;
import io.gantry.mapping.ExportMapping;
import io.gantry.mapping.ImportMapping;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.NewPipeline;
import io.gantry.pipeline.Parameter;
import io.gantry.run.RunRequest;
import io.gantry.run.RunSettings;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.file.FileContent;
import io.gantry.spi.records.Limits;
import io.gantry.spi.schema.FieldType;
import io.gantry.testkit.crash.CrashKit;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What a mill does: each lane takes one step after the other without end, and what a step is depends on nothing but its lane and
 * its number.
 */
final class MillWork {

    static final List<String> TENANTS = List.of("acme", "beta");

    /** Two lanes load {@code shared}, with keys of their own; one replaces {@code own}, and writes it to files. */
    static final List<String> DATASETS = List.of("shared", "own");

    static final String EXPORT = "export";
    static final String STEP = "step";

    private static final int KEYS = 90;
    private static final String[] COLUMNS = CrashKit.SCHEMA.names().toArray(String[]::new);
    private static final FileFormat CSV =
            FileFormat.csv().with("delimiter", ",").with("encoding", "UTF-8");

    private MillWork() {}

    /** One pipeline of imports, and whatever is done with its runs. */
    enum Lane {
        UPSERTING("shared", LoadMode.UPSERT),
        UPDATING("shared", LoadMode.UPSERT),
        REPLACING("own", LoadMode.REPLACE);

        final String dataset;
        final LoadMode mode;

        Lane(String dataset, LoadMode mode) {
            this.dataset = dataset;
            this.mode = mode;
        }

        String pipeline() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** What follows a load. */
    enum Sequel {
        NOTHING,
        ROLLBACK,
        CORRECTION,
        EXPORT
    }

    static Sequel sequel(Lane lane, int step) {
        return switch (step % 4) {
            case 1 -> Sequel.ROLLBACK;
            case 2 -> Sequel.CORRECTION;
            case 3 -> lane == Lane.REPLACING ? Sequel.EXPORT : Sequel.NOTHING;
            default -> Sequel.NOTHING;
        };
    }

    /**
     * A row of a file.
     *
     * @param bad whether its count is no number in the file
     */
    record Line(String id, long count, boolean bad) {
        String text(boolean mended) {
            return id + "," + (bad && !mended ? "many" : count) + ",step";
        }
    }

    /** The rows of a step's file. */
    static List<Line> lines(Lane lane, int step) {
        Random random = new Random(31L * step + lane.ordinal());
        List<Line> lines = new ArrayList<>();
        for (int key = 0; key < KEYS; key++) {
            if (random.nextInt(3) > 0) {
                boolean bad = step % 4 == 2 ? key % 30 == 0 : random.nextInt(40) == 0;
                lines.add(new Line(lane.pipeline() + key, random.nextInt(4), bad));
            }
        }
        lines.add(new Line(lane.pipeline() + "-bad", step, step % 4 == 2));
        return lines;
    }

    static void makePipelines(Workspace workspace) {
        if (workspace.pipelines().find(EXPORT).isPresent()) {
            return;
        }
        for (Lane lane : Lane.values()) {
            ImportMapping mapping = ImportMapping.of(
                    columns -> columns.columns(COLUMNS).load(lane.mode).errors(ErrorPolicy.SKIP_ROWS));
            make(workspace, NewPipeline.importing(lane.pipeline(), lane.dataset, CSV, mapping));
        }
        make(workspace, NewPipeline.exporting(EXPORT, "own", CSV, ExportMapping.of(COLUMNS)));
    }

    private static void make(Workspace workspace, NewPipeline pipeline) {
        workspace.pipelines().create(pipeline.parameters(Parameter.optional(STEP, FieldType.STRING, "0")));
        workspace.pipelines().activate(pipeline.code());
    }

    static RunRequest load(Lane lane, int step, boolean mended) {
        StringBuilder text = new StringBuilder(String.join(",", COLUMNS));
        lines(lane, step).forEach(line -> text.append('\n').append(line.text(mended)));
        return RunRequest.of(lane.pipeline(), new Text(text.append('\n').toString()))
                .settings(new RunSettings(Limits.DEFAULT, 20, 1))
                .parameter(STEP, Integer.toString(step));
    }

    static RunRequest export(int step) {
        return RunRequest.of(EXPORT).parameter(STEP, Integer.toString(step));
    }

    private record Text(byte[] bytes) implements FileContent {

        Text(String text) {
            this(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String name() {
            return "step.csv";
        }

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }
    }
}
