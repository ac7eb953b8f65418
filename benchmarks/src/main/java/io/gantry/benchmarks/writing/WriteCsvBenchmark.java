// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.writing;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.gantry.benchmarks.Formats;
import io.gantry.benchmarks.SampleFile;
import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.RecordWriter;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.records.WritableFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
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

/** Writes rows that are in memory as CSV, to nowhere. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4)
@Measurement(iterations = 5)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
@State(Scope.Benchmark)
public class WriteCsvBenchmark {

    @Param("200000")
    int rows;

    private SampleRows sample = new SampleRows();

    @Setup
    public void makeRows() throws IOException {
        sample = SampleRows.read(rows);
    }

    @Benchmark
    public void gantry() throws IOException {
        try (RecordWriter writer = ((WritableFormat) Formats.named("csv"))
                .writer(OutputStream.nullOutputStream(), SampleFile.SCHEMA.fields(), FormatOptions.NONE)) {
            for (RowBatch batch : sample.batches) {
                writer.write(batch);
            }
        }
    }

    @Benchmark
    public void fastCsv() throws IOException {
        try (Writer out = utf8();
                CsvWriter writer = CsvWriter.builder().build(out)) {
            writer.writeRecord(SampleFile.SCHEMA.names());
            String[] texts = new String[12];
            for (Object[] values : sample.objects) {
                for (int i = 0; i < texts.length; i++) {
                    texts[i] = values[i].toString();
                }
                writer.writeRecord(texts);
            }
        }
    }

    @Benchmark
    public void commonsCsv() throws IOException {
        try (Writer out = utf8();
                CSVPrinter printer = new CSVPrinter(out, CSVFormat.RFC4180)) {
            printer.printRecord(SampleFile.SCHEMA.names());
            for (Object[] values : sample.objects) {
                printer.printRecord(values);
            }
        }
    }

    private static Writer utf8() {
        return new OutputStreamWriter(OutputStream.nullOutputStream(), StandardCharsets.UTF_8);
    }
}
