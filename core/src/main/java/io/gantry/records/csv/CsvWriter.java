// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import io.gantry.records.FormulaGuard;
import io.gantry.spi.records.Column;
import io.gantry.spi.records.DecimalColumn;
import io.gantry.spi.records.DoubleColumn;
import io.gantry.spi.records.LongColumn;
import io.gantry.spi.records.RecordWriter;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.records.SliceColumn;
import io.gantry.spi.records.UuidColumn;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.FieldType;
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

    CsvWriter(OutputStream out, List<Field> columns, Dialect dialect) throws IOException {
        this.out = new EncodedText(out, charset(dialect.encoding()), EncodedText.Lacking.FAILS);
        this.records = new RecordText(dialect);
        this.neutralise = dialect.neutralise();
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
        int columns = rows.fields().size();
        for (int row = 0; row < rows.size(); row++) {
            for (int i = 0; i < columns; i++) {
                add(rows.column(i), row);
            }
            records.endRecord();
            if (records.text().length() >= FLUSH) {
                flush();
            }
        }
    }

    private void add(Column column, int row) {
        if (column.isNull(row)) {
            records.addNull();
        } else if (column instanceof SliceColumn slices && column.field().type() == FieldType.STRING) {
            addText(slices, row);
        } else {
            addValue(column, row, records.beginValue());
            records.endValue();
        }
    }

    private void addText(SliceColumn texts, int row) {
        byte[] bytes = texts.buffer();
        int offset = texts.offset(row);
        int length = texts.length(row);
        if (neutralise && FormulaGuard.guard(bytes, offset, length)) {
            records.addGuarded(bytes, offset, length);
        } else {
            records.addText(bytes, offset, length);
        }
    }

    private static void addValue(Column column, int row, TextBuffer to) {
        if (column instanceof LongColumn longs) {
            addLong(longs, row, to);
        } else if (column instanceof DecimalColumn decimals) {
            if (decimals.isBig(row)) {
                to.add(decimals.decimal(row).toPlainString());
            } else {
                to.addDecimal(decimals.unscaled(row), decimals.scale(row));
            }
        } else if (column instanceof DoubleColumn doubles) {
            to.add(Double.toString(doubles.get(row)));
        } else if (column instanceof UuidColumn uuids) {
            to.addUuid(uuids.mostSignificantBits(row), uuids.leastSignificantBits(row));
        } else if (column instanceof SliceColumn bytes) {
            to.addBase64(bytes.buffer(), bytes.offset(row), bytes.length(row));
        }
    }

    private static void addLong(LongColumn longs, int row, TextBuffer to) {
        long value = longs.get(row);
        switch (longs.field().type()) {
            case BOOLEAN -> to.add(value != 0 ? TRUE : FALSE);
            case DATE -> IsoText.addDate(to, value);
            case TIME -> IsoText.addTime(to, value);
            case TIMESTAMP -> IsoText.addTimestamp(to, value);
            default -> to.addLong(value);
        }
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
