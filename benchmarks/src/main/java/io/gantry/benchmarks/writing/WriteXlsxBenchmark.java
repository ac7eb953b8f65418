// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.writing;

import io.gantry.benchmarks.Formats;
import io.gantry.benchmarks.SampleFile;
import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.RecordWriter;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.records.WritableFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
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

/** Writes rows that are in memory as a workbook, to nowhere. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
@State(Scope.Benchmark)
public class WriteXlsxBenchmark {

    private static final int FLUSHED = 1_000;

    @Param("200000")
    int rows;

    private SampleRows sample = new SampleRows();

    @Setup
    public void makeRows() throws IOException {
        sample = SampleRows.read(rows);
    }

    @Benchmark
    public void gantry() throws IOException {
        try (RecordWriter writer = ((WritableFormat) Formats.named("xlsx"))
                .writer(OutputStream.nullOutputStream(), SampleFile.SCHEMA.fields(), FormatOptions.NONE)) {
            for (RowBatch batch : sample.batches) {
                writer.write(batch);
            }
        }
    }

    @Benchmark
    public void fastExcelInline() throws IOException {
        try (Workbook book = new Workbook(OutputStream.nullOutputStream(), "Benchmark", "1.0")) {
            Worksheet sheet = book.newWorksheet("people");
            List<String> names = SampleFile.SCHEMA.names();
            for (int column = 0; column < names.size(); column++) {
                sheet.inlineString(0, column, names.get(column));
            }
            for (int row = 1; row <= sample.objects.size(); row++) {
                Object[] values = sample.objects.get(row - 1);
                for (int column = 0; column < values.length; column++) {
                    write(sheet, row, column, values[column]);
                }
                if (row % FLUSHED == 0) {
                    sheet.flush();
                }
            }
        }
    }

    private static void write(Worksheet sheet, int row, int column, Object value) {
        if (value instanceof String text) {
            sheet.inlineString(row, column, text);
        } else if (value instanceof LocalDate date) {
            sheet.value(row, column, date);
            sheet.style(row, column).format("yyyy-mm-dd").set();
        } else if (value instanceof Instant instant) {
            sheet.value(row, column, LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
            sheet.style(row, column).format("yyyy-mm-dd hh:mm:ss").set();
        } else {
            sheet.value(row, column, (Number) value);
        }
    }
}
