// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import io.gantry.records.FormulaGuard;
import io.gantry.spi.records.Column;
import io.gantry.spi.records.DecimalColumn;
import io.gantry.spi.records.DoubleColumn;
import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.LongColumn;
import io.gantry.spi.records.RecordWriter;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.records.SliceColumn;
import io.gantry.spi.records.UuidColumn;
import io.gantry.spi.schema.Field;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows straight from their columns. Numbers have a point and no grouping, days and times are {@link IsoText},
 * booleans {@code true} and {@code false}, bytes Base64.
 */
final class CsvWriter implements RecordWriter {

    private static final int FLUSH = 1 << 16;
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private final EncodedText out;
    private final RecordText records;
    private final boolean neutralise;
    private final CsvLooks looks;
    private final Cell[] cells;

    /** Writes a value of a column as a cell. */
    @FunctionalInterface
    private interface Cell {
        void add(Column column, int row);
    }

    /** Writes a value that is no text. */
    @FunctionalInterface
    private interface Value {
        void add(Column column, int row, TextBuffer to);
    }

    CsvWriter(OutputStream out, List<Field> columns, FormatOptions options) throws IOException {
        Dialect dialect = Dialect.of(CsvLooks.withDelimiter(options));
        this.looks = CsvLooks.of(options);
        this.out = new EncodedText(out, charset(dialect.encoding()), EncodedText.Lacking.FAILS);
        this.records = new RecordText(dialect);
        this.neutralise = dialect.neutralise();
        this.cells = columns.stream().map(this::cell).toArray(Cell[]::new);
        if (dialect.bom()) {
            this.out.writeMark();
        }
        for (Field column : columns) {
            records.addText(column.name());
        }
        records.endRecord();
    }

    static Charset charset(@Nullable Charset declared) {
        return declared == null ? StandardCharsets.UTF_8 : declared;
    }

    @Override
    public void write(RowBatch rows) throws IOException {
        for (int row = 0; row < rows.size(); row++) {
            for (int i = 0; i < cells.length; i++) {
                Column column = rows.column(i);
                if (column.isNull(row)) {
                    records.addNull();
                } else {
                    cells[i].add(column, row);
                }
            }
            records.endRecord();
            if (records.text().length() >= FLUSH) {
                flush();
            }
        }
    }

    /** How a column's values are written: found out once, so that what the compiler translates for a cell is little. */
    private Cell cell(Field field) {
        return switch (field.type()) {
            case STRING -> neutralise ? this::addGuarded : this::addText;
            case INTEGER -> value((column, row, to) -> to.addLong(((LongColumn) column).get(row)));
            case BOOLEAN -> value((column, row, to) -> to.add(((LongColumn) column).get(row) != 0 ? TRUE : FALSE));
            case DATE ->
                looks.date() != null
                        ? this::addDate
                        : value((column, row, to) -> IsoText.addDate(to, ((LongColumn) column).get(row)));
            case TIME ->
                looks.time() != null
                        ? this::addTime
                        : value((column, row, to) -> IsoText.addTime(to, ((LongColumn) column).get(row)));
            case TIMESTAMP ->
                looks.timestamp() != null
                        ? this::addTimestamp
                        : value((column, row, to) -> IsoText.addTimestamp(to, ((LongColumn) column).get(row)));
            case DECIMAL ->
                looks.decimal() != '.'
                        ? this::addLocalDecimal
                        : value((column, row, to) -> addDecimal((DecimalColumn) column, row, to));
            case FLOAT ->
                looks.decimal() != '.'
                        ? this::addLocalDouble
                        : value((column, row, to) -> to.add(Double.toString(((DoubleColumn) column).get(row))));
            case UUID -> value((column, row, to) -> addUuid((UuidColumn) column, row, to));
            case BYTES -> value((column, row, to) -> addBytes((SliceColumn) column, row, to));
        };
    }

    private Cell value(Value value) {
        return (column, row) -> {
            value.add(column, row, records.beginValue());
            records.endValue();
        };
    }

    private void addDate(Column column, int row) {
        records.addText(looks.date(((LongColumn) column).get(row)));
    }

    private void addTime(Column column, int row) {
        records.addText(looks.time(((LongColumn) column).get(row)));
    }

    private void addTimestamp(Column column, int row) {
        records.addText(looks.timestamp(((LongColumn) column).get(row)));
    }

    private void addLocalDecimal(Column column, int row) {
        records.addText(looks.number(((DecimalColumn) column).decimal(row).toPlainString()));
    }

    private void addLocalDouble(Column column, int row) {
        records.addText(looks.number(((DoubleColumn) column).get(row)));
    }

    private void addText(Column column, int row) {
        SliceColumn texts = (SliceColumn) column;
        records.addText(texts.buffer(), texts.offset(row), texts.length(row));
    }

    private void addGuarded(Column column, int row) {
        SliceColumn texts = (SliceColumn) column;
        byte[] bytes = texts.buffer();
        int offset = texts.offset(row);
        int length = texts.length(row);
        if (FormulaGuard.guard(bytes, offset, length)) {
            records.addGuarded(bytes, offset, length);
        } else {
            records.addText(bytes, offset, length);
        }
    }

    private static void addDecimal(DecimalColumn decimals, int row, TextBuffer to) {
        if (decimals.isBig(row)) {
            to.add(decimals.decimal(row).toPlainString());
        } else {
            to.addDecimal(decimals.unscaled(row), decimals.scale(row));
        }
    }

    private static void addUuid(UuidColumn uuids, int row, TextBuffer to) {
        to.addUuid(uuids.mostSignificantBits(row), uuids.leastSignificantBits(row));
    }

    private static void addBytes(SliceColumn bytes, int row, TextBuffer to) {
        to.addBase64(bytes.buffer(), bytes.offset(row), bytes.length(row));
    }

    private void flush() throws IOException {
        out.write(records.text().bytes(), 0, records.text().length());
        records.clear();
    }

    @Override
    public void close() throws IOException {
        try (out) {
            flush();
        }
    }
}
