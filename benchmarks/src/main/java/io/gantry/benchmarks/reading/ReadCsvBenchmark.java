// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.reading;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.gantry.benchmarks.Formats;
import io.gantry.benchmarks.SampleFile;
import io.gantry.spi.records.RecordReader;
import io.gantry.spi.records.TextBatch;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
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

/** Reads the sample file and finds every cell; the limit only counts its line ends. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
@Fork(1)
@State(Scope.Benchmark)
public class ReadCsvBenchmark {

    private static final int BATCH = 4_096;

    @Param("1000000")
    int rows;

    private Path file = Path.of("");

    @Setup
    public void makeFile() throws IOException {
        file = SampleFile.make(Files.createDirectories(SampleFile.FOLDER), rows, 0);
    }

    @Benchmark
    public long limit() throws IOException {
        byte[] buffer = new byte[1 << 16];
        long lines = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                for (int i = 0; i < n; i++) {
                    lines += buffer[i] == '\n' ? 1 : 0;
                }
            }
        }
        return lines;
    }

    @Benchmark
    public long gantry() throws IOException {
        long cells = 0;
        TextBatch batch = new TextBatch(BATCH);
        try (RecordReader reader = Formats.open("csv", file)) {
            while (reader.read(batch)) {
                cells += batch.totalCells();
            }
        }
        return must(cells);
    }

    @Benchmark
    public long fastCsv() throws IOException {
        long cells = 0;
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(file)) {
            for (CsvRecord csv : reader) {
                cells += csv.getFieldCount();
            }
        }
        return must(cells);
    }

    @Benchmark
    public long commonsCsv() throws IOException {
        long cells = 0;
        try (Reader reader = Files.newBufferedReader(file);
                CSVParser parser = CSVFormat.RFC4180.parse(reader)) {
            for (CSVRecord csv : parser) {
                cells += csv.size();
            }
        }
        return must(cells);
    }

    private long must(long cells) {
        if (cells != 12L * (rows + 1)) {
            throw new IllegalStateException(cells + " cells");
        }
        return cells;
    }
}
