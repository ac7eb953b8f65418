// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.checking;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.gantry.benchmarks.Formats;
import io.gantry.benchmarks.SampleFile;
import io.gantry.mapping.compile.CompiledMapping;
import io.gantry.mapping.compile.FileShape;
import io.gantry.mapping.compile.RowMapper;
import io.gantry.spi.records.RecordReader;
import io.gantry.spi.records.TextBatch;
import io.gantry.spi.records.TextReadableFormat.ShortRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Reads the sample file, makes typed values of its cells, and checks them, on one thread.
 *
 * <p>The engine's part is the compiled mapping, which is not of its public API: a benchmark of a whole run would measure the
 * copying of the file, too.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
@Fork(1)
@State(Scope.Benchmark)
public class CheckRowsBenchmark {

    private static final int BATCH = 4_096;

    @Param("1000000")
    int rows;

    private Path file = Path.of("");

    @Setup
    public void makeFile() throws IOException {
        file = SampleFile.make(Files.createDirectories(SampleFile.FOLDER), rows, 0);
    }

    @Benchmark
    public long gantry(Blackhole hole) throws IOException {
        CompiledMapping mapping = CompiledMapping.of(
                SampleFile.inserting(),
                SampleFile.SCHEMA,
                List.of("id"),
                new FileShape(SampleFile.SCHEMA.names(), ShortRecords.REJECTED, true, 0));
        RowMapper mapper = mapping.mapper(BATCH);
        TextBatch batch = new TextBatch(BATCH);
        long good = 0;
        try (RecordReader reader = Formats.open("csv", file)) {
            for (int from = 1; reader.read(batch); from = 0) {
                mapper.map(batch, from);
                hole.consume(mapper.rows());
                good += mapper.rows().size() - mapper.issues().size();
            }
        }
        return must(good);
    }

    @Benchmark
    public long fastCsvAndJavaTime(Blackhole hole) throws IOException {
        long good = -1; // the header
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(file)) {
            for (CsvRecord csv : reader) {
                if (good >= 0) {
                    CheckedPerson person = CheckedPerson.of(csv);
                    hole.consume(person);
                    good += person == null ? 0 : 1;
                } else {
                    good = 0;
                }
            }
        }
        return must(good);
    }

    private long must(long good) {
        if (good != rows) {
            throw new IllegalStateException(good + " good rows");
        }
        return good;
    }
}
