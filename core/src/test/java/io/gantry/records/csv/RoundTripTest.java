// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.records.FormulaGuard;
import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.RecordWriter;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.FieldType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever is written is read again as what it was, in every dialect. */
class RoundTripTest {

    private static final List<Field> FIELDS = Arrays.stream(FieldType.values())
            .map(type -> Field.of("the " + type, type))
            .toList();

    private static final List<FormatOptions> DIALECTS = List.of(
            FormatOptions.NONE,
            FormatOptions.NONE.with("delimiter", "\t").with("lineEnd", "crlf"),
            FormatOptions.NONE.with("delimiter", ";").with("quote", "'").with("lineEnd", "cr"),
            FormatOptions.NONE.with("delimiter", "-").with("quote", "7"),
            FormatOptions.NONE.with("delimiter", "||").with("comment", "#"),
            FormatOptions.NONE.with("escape", "\\"),
            FormatOptions.NONE.with("escape", "\\").with("comment", "#").with("encoding", "UTF-16LE"),
            FormatOptions.NONE.with("escape", "\\").with("quote", "none"),
            FormatOptions.NONE.with("delimiter", "§").with("quote", "»").with("encoding", "GB18030"),
            FormatOptions.NONE.with("encoding", "UTF-16").with("bom", "true"));

    @Test
    void random_rows_come_back_in_every_dialect() throws IOException {
        for (int seed = 0; seed < 800; seed++) {
            Random random = new Random(seed);
            FormatOptions options = DIALECTS.get(seed % DIALECTS.size());
            RowBatch rows = new RowBatch(FIELDS, 8);
            List<@Nullable Object[]> values = new ArrayList<>();
            for (int row = 0; row < 8; row++) {
                @Nullable
                Object[] value = FIELDS.stream()
                        .map(field -> random.nextInt(6) == 0 ? null : value(field.type(), random, options))
                        .toArray();
                values.add(value);
                rows.add(row + 1, value);
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (RecordWriter writer = new CsvFormat().writer(out, FIELDS, options)) {
                writer.write(rows);
            }
            List<List<String>> found = Found.cells(MemoryFile.of(out.toByteArray()), options);
            String description = "seed " + seed + ", " + options;
            assertThat(found).as(description).hasSize(9);
            for (int row = 0; row < 8; row++) {
                for (int i = 0; i < FIELDS.size(); i++) {
                    String cell = found.get(row + 1).get(i);
                    Object back = parse(FIELDS.get(i).type(), cell);
                    Object value = values.get(row)[i];
                    if (value == null ? !cell.isEmpty() : !back.equals(comparable(value))) {
                        assertThat(back)
                                .as(description + ", cell <" + cell + ">")
                                .isEqualTo(value);
                    }
                }
            }
        }
    }

    private static Object comparable(Object value) {
        return value instanceof byte[] bytes ? Base64.getEncoder().encodeToString(bytes) : value;
    }

    private static Object value(FieldType type, Random random, FormatOptions options) {
        return switch (type) {
            case STRING -> text(random, options);
            case INTEGER -> random.nextLong() >> random.nextInt(64);
            case DECIMAL ->
                new BigDecimal(new BigInteger(random.nextInt(90), random), random.nextInt(25))
                        .multiply(BigDecimal.valueOf(random.nextBoolean() ? 1 : -1));
            case FLOAT -> random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
            case BOOLEAN -> random.nextBoolean();
            case DATE -> LocalDate.ofEpochDay(random.nextInt(8_000_000) - 4_000_000);
            case TIME -> LocalTime.ofNanoOfDay(micros(random) % 86_400_000_000L * 1_000);
            case TIMESTAMP -> Instant.EPOCH.plusSeconds(random.nextInt()).plusNanos(micros(random) * 1_000);
            case UUID -> new UUID(random.nextLong(), random.nextLong());
            case BYTES -> {
                byte[] bytes = new byte[random.nextInt(9)];
                random.nextBytes(bytes);
                yield bytes;
            }
        };
    }

    /** Now whole seconds, now milliseconds, now microseconds. */
    private static long micros(Random random) {
        long unit = new long[] {1, 1_000, 1_000_000}[random.nextInt(3)];
        return (random.nextLong() & Long.MAX_VALUE) % 86_400_000_000L / unit * unit;
    }

    private static String text(Random random, FormatOptions options) {
        String text;
        do {
            text = new String(GeneratedText.bytes(random, options), StandardCharsets.UTF_8).replace("\uFFFD", "\\");
        } while (options.get("quote", "").equals("none") && text.isEmpty());
        return text;
    }

    private static Object parse(FieldType type, String cell) {
        if (cell.isEmpty() && type != FieldType.STRING && type != FieldType.BYTES) {
            return "";
        }
        return switch (type) {
            case STRING -> {
                byte[] bytes = cell.getBytes(StandardCharsets.UTF_8);
                yield cell.substring(FormulaGuard.unguard(bytes, 0, bytes.length));
            }
            case INTEGER -> Long.valueOf(cell);
            case DECIMAL -> new BigDecimal(cell);
            case FLOAT -> Double.valueOf(cell);
            case BOOLEAN -> Boolean.valueOf(cell);
            case DATE -> LocalDate.parse(cell);
            case TIME -> LocalTime.parse(cell);
            case TIMESTAMP -> Instant.parse(cell);
            case UUID -> java.util.UUID.fromString(cell);
            case BYTES -> cell;
        };
    }
}
