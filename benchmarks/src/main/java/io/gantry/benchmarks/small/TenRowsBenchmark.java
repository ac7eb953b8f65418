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
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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

    /** How long runs have waited, in microseconds. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Waiting {
        public long longestWait;
    }

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

    @Benchmark
    public ValidationReport importTenRows(Waiting waiting) {
        Run run = workspace.runs().submit("people", file).await();
        long waited = Duration.between(run.submittedAt(), run.startedAt().orElseThrow())
                        .toNanos()
                / 1_000;
        waiting.longestWait = Math.max(waiting.longestWait, waited);
        ValidationReport report = run.report();
        if (report.counts().read() != ROWS || report.counts().rejected() > 0) {
            throw new IllegalStateException(report.toString());
        }
        return report;
    }
}
