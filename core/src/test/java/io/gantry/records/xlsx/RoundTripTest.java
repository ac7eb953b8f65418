// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.mapping.ImportMapping;
import io.gantry.mapping.ImportMappingBuilder;
import io.gantry.mapping.compile.CompiledMapping;
import io.gantry.mapping.compile.FileShape;
import io.gantry.mapping.compile.RowMapper;
import io.gantry.records.csv.CsvFormat;
import io.gantry.spi.file.FileContent;
import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.Limits;
import io.gantry.spi.records.RecordReader;
import io.gantry.spi.records.RecordWriter;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.records.TextBatch;
import io.gantry.spi.records.TextReadableFormat;
import io.gantry.spi.records.WritableFormat;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.FieldType;
import io.gantry.spi.schema.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TimeZone;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was exported and is imported again without an edit gives the same values: of every type, in any locale. */
class RoundTripTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final List<Field> COLUMNS = List.of(
            Field.of("id", FieldType.INTEGER),
            Field.of("text", FieldType.STRING),
            Field.of("whole", FieldType.INTEGER),
            Field.of("decimal", FieldType.DECIMAL),
            Field.of("money", FieldType.DECIMAL).decimal(20, 2),
            Field.of("real", FieldType.FLOAT),
            Field.of("flag", FieldType.BOOLEAN),
            Field.of("day", FieldType.DATE),
            Field.of("time", FieldType.TIME),
            Field.of("moment", FieldType.TIMESTAMP),
            Field.of("uuid", FieldType.UUID),
            Field.of("raw", FieldType.BYTES));

    private final Locale locale = Locale.getDefault();
    private final TimeZone zone = TimeZone.getDefault();

    @AfterEach
    void restore() {
        Locale.setDefault(locale);
        TimeZone.setDefault(zone);
    }

    /** Opens a writer; for workbooks one of small sheets. */
    private interface Opener {
        RecordWriter open(OutputStream out) throws IOException;
    }

    @ParameterizedTest
    @ValueSource(strings = {"en-US", "de-DE", "fr-CH", "ar-EG", "th-TH-u-ca-buddhist-nu-thai", "tr-TR"})
    void an_export_is_imported_without_a_change(String tag) throws Exception {
        Locale.setDefault(Locale.forLanguageTag(tag));
        TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
        List<Object[]> rows = rows(new Random(tag.hashCode()), 1_500);
        FormatOptions berlin = FormatOptions.NONE.with("zone", "Europe/Berlin");
        assertSame(
                rows,
                new XlsxFormat(),
                out -> new XlsxWriter(out, COLUMNS, FormatOptions.NONE, 400),
                FormatOptions.NONE,
                mapping -> mapping);
        assertSame(
                rows,
                new XlsxFormat(),
                out -> new XlsxWriter(out, COLUMNS, berlin.with("dateFormat", "dd.mm.yyyy"), 1_000),
                berlin,
                mapping -> mapping.zone(BERLIN));
        assertSame(rows, new CsvFormat(), FormatOptions.NONE, mapping -> mapping);
        assertSame(rows, new CsvFormat(), berlin, mapping -> mapping.zone(BERLIN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en-US", "de-DE", "fr-CH", "it-IT", "tr-TR"})
    void an_export_for_the_spreadsheets_of_a_country_is_imported_without_a_change(String tag) throws Exception {
        Locale country = Locale.forLanguageTag(tag);
        boolean comma = DecimalFormatSymbols.getInstance(country).getDecimalSeparator() == ',';
        FormatOptions options = FormatOptions.NONE
                .with("locale", tag)
                .with("zone", "Europe/Berlin")
                .with("dateFormat", "dd.MM.uuuu")
                .with("timeFormat", "HH:mm:ss.SSSSSS")
                .with("timestampFormat", "dd.MM.uuuu HH:mm:ss.SSSSSSXXX");
        assertSame(
                rows(new Random(1), 500),
                new CsvFormat(),
                comma ? options.with("delimiter", ";") : options,
                mapping -> comma ? mapping.locale(country) : mapping);
    }

    private static void assertSame(
            List<Object[]> rows,
            WritableFormat format,
            FormatOptions options,
            UnaryOperator<ImportMappingBuilder> reading)
            throws IOException {
        format.check(options);
        assertSame(rows, format, out -> format.writer(out, COLUMNS, options), options, reading);
    }

    private static void assertSame(
            List<Object[]> rows,
            WritableFormat format,
            Opener opener,
            FormatOptions options,
            UnaryOperator<ImportMappingBuilder> reading)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (RecordWriter writer = opener.open(bytes)) {
            RowBatch batch = new RowBatch(COLUMNS, rows.size());
            for (Object[] row : rows) {
                batch.add(1, row);
            }
            writer.write(batch);
        }
        FileContent file = new Books.Memory("export", bytes.toByteArray());
        List<List<Object>> read = read(file, format, options, mapping(options, reading));
        assertThat(read).hasSameSizeAs(rows);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(comparable(read.get(i))).isEqualTo(comparable(java.util.Arrays.asList(rows.get(i))));
        }
    }

    private static ImportMapping mapping(FormatOptions options, UnaryOperator<ImportMappingBuilder> reading) {
        return ImportMapping.of(mapping -> {
            ImportMappingBuilder all = mapping;
            for (Field field : COLUMNS) {
                all = reading.apply(all.column(field.name()));
                String format = options.get(
                        switch (field.type()) {
                            case DATE -> "dateFormat";
                            case TIME -> "timeFormat";
                            case TIMESTAMP -> "timestampFormat";
                            default -> "";
                        });
                all = format == null ? all : all.format(format);
            }
            return all.upsert("id");
        });
    }

    private static List<List<Object>> read(
            FileContent file, WritableFormat written, FormatOptions options, ImportMapping mapping) throws IOException {
        TextReadableFormat format = (TextReadableFormat) written;
        List<List<Object>> rows = new ArrayList<>();
        FileShape shape = new FileShape(
                COLUMNS.stream().map(Field::name).toList(),
                format.shortRecords(options),
                format.guardsFormulas(options),
                0);
        Schema schema = Schema.of(COLUMNS.toArray(new Field[0])).key("id");
        RowMapper mapper =
                CompiledMapping.of(mapping, schema, List.of("id"), shape).mapper(100);
        TextBatch batch = new TextBatch(100);
        try (RecordReader reader = format.reader(file, options, Limits.DEFAULT)) {
            while (reader.read(batch)) {
                mapper.map(batch, batch.number(0) == 1 ? 1 : 0);
                for (int i = 0; i < mapper.issues().size(); i++) {
                    assertThat(mapper.issues().code(i))
                            .as(
                                    "%s of row %s",
                                    COLUMNS.get(mapper.issues().column(i)),
                                    mapper.issues().row(i))
                            .isNull();
                }
                for (int row = 0; row < mapper.rows().size(); row++) {
                    List<Object> values = new ArrayList<>();
                    for (int column = 0; column < COLUMNS.size(); column++) {
                        values.add(mapper.rows().column(column).object(row));
                    }
                    rows.add(values);
                }
            }
        }
        return rows;
    }

    private static List<String> comparable(List<Object> row) {
        return row.stream()
                .map(value -> value instanceof BigDecimal decimal
                        ? decimal.stripTrailingZeros().toPlainString()
                        : value instanceof byte[] bytes ? java.util.Arrays.toString(bytes) : String.valueOf(value))
                .toList();
    }

    private static List<Object[]> rows(Random random, int count) {
        List<Object[]> rows = new ArrayList<>();
        for (long id = 1; id <= count; id++) {
            Object[] row = {
                id,
                text(random),
                whole(random),
                new BigDecimal(new java.math.BigInteger(random.nextInt(80), random), random.nextInt(20)),
                BigDecimal.valueOf(random.nextInt(2_000_000) - 1_000_000, 2),
                real(random),
                random.nextBoolean(),
                LocalDate.ofEpochDay(random.nextInt(100_000) - 40_000),
                LocalTime.ofNanoOfDay(random.nextInt(86_400) * 1_000_000_000L + fraction(random) * 1_000),
                Instant.ofEpochSecond(random.nextInt(2_000_000_000)).plus(fraction(random), ChronoUnit.MICROS),
                new UUID(random.nextLong(), random.nextLong()),
                new byte[] {(byte) random.nextInt(), 1, (byte) random.nextInt()}
            };
            for (int column = 1; column < row.length; column++) {
                row[column] = random.nextInt(8) == 0 ? null : row[column];
            }
            rows.add(row);
        }
        return rows;
    }

    private static String text(Random random) {
        return List.of(
                        "plain",
                        "007",
                        "1.5",
                        "2024-01-05",
                        "=1+1",
                        "-5",
                        "'quoted",
                        "a;b,c\t\"d\"",
                        " both ends ",
                        "two\nlines",
                        "Ünïcödé 日本 \uD83D\uDE00 ١٢٣",
                        "TRUE",
                        "_x0041_")
                .get(random.nextInt(13));
    }

    private static long whole(Random random) {
        return random.nextInt(4) == 0 ? 9_007_199_254_741_000L : random.nextLong() >> random.nextInt(64);
    }

    private static double real(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> 0.1 + 0.2;
            case 1 -> random.nextInt(1_000) / 100.0;
            case 2 -> random.nextGaussian() * 1e18;
            case 3 -> 1e20;
            case 4 -> random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
            default -> random.nextGaussian();
        };
    }

    private static long fraction(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> 0;
            case 1 -> random.nextInt(1_000) * 1_000L;
            default -> random.nextInt(1_000_000);
        };
    }
}
