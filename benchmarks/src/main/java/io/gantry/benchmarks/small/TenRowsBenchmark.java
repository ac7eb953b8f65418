// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.small;

import io.gantry.Gantry;
import io.gantry.Principal;
import io.gantry.Workspace;
import io.gantry.benchmarks.SampleFile;
import io.gantry.local.Datasets;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.NewPipeline;
import io.gantry.run.Run;
import io.gantry.spi.dataset.Dataset;
import io.gantry.validation.ValidationReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Imports ten rows from a file to the report, again and again; and tells how long runs have waited to be begun. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
@State(Scope.Benchmark)
public class TenRowsBenchmark {

    private static final int ROWS = 10;

    private Gantry gantry = Gantry.builder().dataset(people()).build();
    private Workspace workspace = gantry.workspace(Principal.owner("acme", "ada"));
    private Path file = Path.of("");
    private final List<Long> waits = new ArrayList<>();

    static Dataset people() {
        return Datasets.inMemory("people", SampleFile.SCHEMA);
    }

    @Setup
    public void makePipeline() throws IOException {
        file = SampleFile.make(Files.createDirectories(SampleFile.FOLDER), ROWS, 0);
        workspace
                .pipelines()
                .create(NewPipeline.importing(
                        "people",
                        "people",
                        FileFormat.csv(),
                        mapping -> SampleFile.mapping(mapping).upsert()));
        workspace.pipelines().activate("people");
    }

    @TearDown
    public void close() {
        gantry.close();
    }

    /** Tells how long runs have waited, from being submitted to being begun. */
    @TearDown(Level.Iteration)
    public void printWaits() {
        Collections.sort(waits);
        System.out.printf(
                Locale.ROOT,
                "waited: median %d us, 99 of 100 at most %d us; ",
                waits.get(waits.size() / 2) / 1_000,
                waits.get(waits.size() * 99 / 100) / 1_000);
        waits.clear();
    }

    @Benchmark
    public ValidationReport importTenRows() {
        Run run = workspace.runs().submit("people", file).await();
        waits.add(Duration.between(run.submittedAt(), run.startedAt().orElseThrow())
                .toNanos());
        ValidationReport report = run.report();
        if (report.counts().read() != ROWS || report.counts().rejected() > 0) {
            throw new IllegalStateException(report.toString());
        }
        return report;
    }
}
