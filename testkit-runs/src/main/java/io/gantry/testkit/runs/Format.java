// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import io.gantry.Gantry;
import io.gantry.spi.file.FileContent;
import io.gantry.spi.records.CopyingFormat;
import io.gantry.spi.records.DetectingFormat;
import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.Limits;
import io.gantry.spi.records.RecordFormat;
import io.gantry.spi.records.RecordReader;
import io.gantry.spi.records.RecordWriter;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.records.TextBatch;
import io.gantry.spi.records.TextReadableFormat;
import io.gantry.spi.records.WritableFormat;
import io.gantry.spi.schema.Field;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A file format of the engine, for files that are made and read outside of runs. */
final class Format {

    /** Nothing of a file is left to be found out. */
    static final FormatOptions CSV_OPTIONS =
            FormatOptions.NONE.with("delimiter", ",").with("encoding", "UTF-8");

    private final TextReadableFormat format;
    private final FormatOptions options;

    private Format(TextReadableFormat format, FormatOptions options) {
        this.format = format;
        this.options = options;
    }

    static Format csv() {
        return new Format(named("csv"), CSV_OPTIONS);
    }

    static Format xlsx() {
        return new Format(named("xlsx"), FormatOptions.NONE);
    }

    /** The same format with what a run has found out about a file. */
    Format with(List<DetectingFormat.Evidence> detected) {
        FormatOptions found = options;
        for (DetectingFormat.Evidence evidence : detected) {
            if (format.optionNames().contains(evidence.option())) {
                found = found.with(evidence.option(), evidence.value());
            }
        }
        return new Format(format, found);
    }

    private static TextReadableFormat named(String name) {
        return ServiceLoader.load(RecordFormat.class, Gantry.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .filter(format -> format.name().equals(name))
                .map(TextReadableFormat.class::cast)
                .findFirst()
                .orElseThrow();
    }

    /** All records of a file, the header among them. */
    List<List<String>> read(FileContent file) throws IOException {
        List<List<String>> records = new ArrayList<>();
        TextBatch batch = new TextBatch(100);
        try (RecordReader reader = format.reader(file, options, Limits.DEFAULT)) {
            while (reader.read(batch)) {
                for (int record = 0; record < batch.size(); record++) {
                    List<String> cells = new ArrayList<>();
                    for (int i = 0; i < batch.cells(record); i++) {
                        cells.add(batch.text(record, i));
                    }
                    records.add(cells);
                }
            }
        }
        return records;
    }

    /** A file of nothing but texts, records of any length. */
    MemoryFile texts(String name, List<List<String>> records) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (CopyingFormat.RecordCopier copier = ((CopyingFormat) format).copier(bytes, options)) {
            for (List<String> record : records) {
                copier.write(record);
            }
        }
        return new MemoryFile(name, bytes.toByteArray());
    }

    /** A file whose good rows have typed cells, where the format has such, and whose others have texts. */
    MemoryFile typed(String name, List<Field> columns, List<FileRow> rows) throws IOException {
        MemoryFile good = typed(name, columns, rows.stream().filter(row -> row.fault() == null));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TextBatch batch = new TextBatch(1);
        try (RecordReader reader = format.reader(good, options, Limits.DEFAULT);
                CopyingFormat.RecordCopier copier = ((CopyingFormat) format).copier(bytes, options)) {
            reader.read(batch);
            copier.copy(List.of(), batch, 0, 0);
            for (FileRow row : rows) {
                if (row.fault() == null) {
                    reader.read(batch);
                    copier.copy(List.of(), batch, 0, 0);
                } else {
                    copier.write(row.cells());
                }
            }
        }
        return new MemoryFile(name, bytes.toByteArray());
    }

    private MemoryFile typed(String name, List<Field> columns, Stream<FileRow> rows) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        RowBatch batch = new RowBatch(columns, 1);
        try (RecordWriter writer = ((WritableFormat) format).writer(bytes, columns, options)) {
            for (FileRow row : rows.toList()) {
                @Nullable Object[] values = new @Nullable Object[columns.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = People.value(columns.get(i), row.cells().get(i));
                }
                batch.clear();
                batch.add(1, values);
                writer.write(batch);
            }
        }
        return new MemoryFile(name, bytes.toByteArray());
    }
}
