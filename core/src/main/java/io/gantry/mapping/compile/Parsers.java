// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping.compile;

import io.gantry.mapping.Checks;
import io.gantry.mapping.Reading;
import io.gantry.spi.records.Column;
import io.gantry.spi.records.DecimalColumn;
import io.gantry.spi.records.DoubleColumn;
import io.gantry.spi.records.LongColumn;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.records.SliceColumn;
import io.gantry.spi.records.UuidColumn;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.FieldType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the parser for a field from what its mapping says. */
public final class Parsers {

    private Parsers() {}

    /**
     * Makes a parser.
     *
     * @param copies whether cells may lie elsewhere than in the buffer of the batch
     * @throws IllegalArgumentException when a format, a bound or a pattern makes no sense; definitions are checked before
     */
    static CellParser<?> of(Column out, Reading reading, Checks checks, boolean copies) {
        return of(out, reading, checks, copies, false);
    }

    private static CellParser<?> of(Column out, Reading reading, Checks checks, boolean copies, boolean anyYear) {
        Field field = out.field();
        NumberNotation notation = NumberNotation.of(reading);
        return switch (field.type()) {
            case STRING -> new TextParser((SliceColumn) out, copies, reading, checks);
            case INTEGER ->
                new IntegerParser(
                        (LongColumn) out,
                        bound(field, checks.min(), Long.MIN_VALUE),
                        bound(field, checks.max(), Long.MAX_VALUE),
                        notation);
            case DECIMAL ->
                new DecimalParser(
                        (DecimalColumn) out,
                        checks.min() == null ? null : new BigDecimal(checks.min()),
                        checks.max() == null ? null : new BigDecimal(checks.max()),
                        notation);
            case FLOAT ->
                new FloatParser(
                        (DoubleColumn) out,
                        checks.min() == null ? Double.NEGATIVE_INFINITY : Double.parseDouble(checks.min()),
                        checks.max() == null ? Double.POSITIVE_INFINITY : Double.parseDouble(checks.max()),
                        notation);
            case BOOLEAN -> new BooleanParser((LongColumn) out);
            case UUID -> new UuidParser((UuidColumn) out);
            case BYTES -> new BytesParser((SliceColumn) out, reading.formats().contains("hex"));
            case DATE, TIME, TIMESTAMP -> {
                List<TemporalPattern> patterns = reading.formats().stream()
                        .map(pattern -> TemporalPattern.of(
                                pattern, reading.locale(), reading.times().pivot()))
                        .toList();
                yield new TemporalParser(
                        (LongColumn) out,
                        patterns,
                        reading.times(),
                        bound(field, checks.min(), Long.MIN_VALUE),
                        bound(field, checks.max(), Long.MAX_VALUE),
                        anyYear);
            }
        };
    }

    private static long bound(Field field, @Nullable String text, long otherwise) {
        if (text == null) {
            return otherwise;
        }
        RowBatch batch = new RowBatch(List.of(field), 1);
        if (!parseInto(batch, text)) {
            throw new IllegalArgumentException("'" + text + "' is no " + field.type());
        }
        return ((LongColumn) batch.column(0)).get(0);
    }

    /**
     * Reads a text in ISO notation as a value of a field's type.
     *
     * @param field whose type and size count
     * @param text not empty
     * @return an object of the class {@link FieldType} names, or nothing when the text is no such value
     */
    public static Optional<Object> value(Field field, String text) {
        RowBatch batch = new RowBatch(List.of(field), 1);
        return parseInto(batch, text) ? Optional.ofNullable(batch.column(0).object(0)) : Optional.empty();
    }

    private static boolean parseInto(RowBatch batch, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0) {
            return false;
        }
        batch.add(1);
        CellParser<?> parser = of(batch.column(0), Reading.PLAIN, Checks.NONE, true, true);
        parser.begin(bytes);
        return parser.parse(bytes, 0, bytes.length, 0) == CellParser.OK;
    }
}
