// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.spi.ProviderException;
import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.Limits;
import io.gantry.spi.records.RecordReader;
import io.gantry.spi.records.TextBatch;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

/** The reader of bytes against Commons CSV, on the same input: bytes, so that malformed text is compared as well. */
class DifferentialTest {

    private static final int INPUTS = 118_000;
    private static final FormatOptions[] DIALECTS = {
        FormatOptions.NONE,
        FormatOptions.NONE.with("delimiter", ";").with("quote", "'"),
        FormatOptions.NONE.with("delimiter", "\t"),
        FormatOptions.NONE.with("delimiter", "|").with("quote", "none"),
        FormatOptions.NONE.with("comment", "#"),
    };

    private static final Map<FormatOptions, CSVFormat> JUDGES =
            Stream.of(DIALECTS).collect(Collectors.toMap(options -> options, DifferentialTest::commons));

    private final TextBatch[] batches = Stream.iterate(1, capacity -> capacity + 1)
            .limit(6)
            .map(TextBatch::new)
            .toArray(TextBatch[]::new);

    private static final String STARTLINE = "startline ";

    /** What reading ended in: records, or the line of a quote that is never closed. */
    private record Outcome(List<List<String>> records, String failure) {}

    @Test
    void finds_what_commons_csv_finds_in_generated_inputs() throws IOException {
        int whole = 0;
        for (int seed = 1; seed <= INPUTS; seed++) {
            Random random = new Random(seed);
            FormatOptions options = DIALECTS[random.nextInt(DIALECTS.length)];
            byte[] input = GeneratedText.bytes(random, options);
            TextBatch batch = batches[random.nextInt(batches.length)];
            int window = 1 + random.nextInt(40);
            Outcome found = gantry(MemoryFile.of(input).inPieces(seed), options, batch, window);
            Outcome right = commons(input, options);
            whole += right.failure.isEmpty() ? 1 : 0;
            if (!found.equals(right)) {
                assertThat(found)
                        .as("seed %d, %s, window %d: <%s>", seed, options, window, latin1(input))
                        .isEqualTo(right);
            }
        }
        assertThat(whole).as("inputs that Commons CSV accepts").isGreaterThan(100_000);
    }

    @Test
    void finds_the_lines_and_raw_records_that_the_reader_of_any_dialect_finds() throws IOException {
        int compared = 0;
        for (int seed = 1; seed <= INPUTS / 10; seed++) {
            Random random = new Random(seed);
            FormatOptions options = DIALECTS[random.nextInt(DIALECTS.length)];
            MemoryFile file = MemoryFile.of(GeneratedText.bytes(random, options));
            // An escape character that is in no input changes nothing but who reads.
            Dialect rare = Dialect.of(options.with("escape", "\u0001"));
            List<Found> right;
            try (RecordReader reader = open(file, rare, 0)) {
                right = Found.all(reader, batches[3], StandardCharsets.ISO_8859_1);
            } catch (ProviderException unclosed) {
                continue; // compared above
            }
            try (RecordReader reader = open(file, Dialect.of(options), 64)) {
                List<Found> found = Found.all(reader, batches[2], StandardCharsets.ISO_8859_1);
                if (!found.equals(right)) {
                    assertThat(found)
                            .as("seed %d, %s: <%s>", seed, options, latin1(file.bytes()))
                            .isEqualTo(right);
                }
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(INPUTS / 20);
    }

    @Test
    void finds_what_commons_csv_finds_in_every_file_of_the_test_data() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(Path.of("../testdata"))) {
            files = all.filter(file -> file.toString().endsWith(".csv")).toList();
        }
        assertThat(files).hasSizeGreaterThan(25);
        Random random = new Random(7);
        for (Path path : files) {
            byte[] bytes = Files.readAllBytes(path);
            boolean semicolon = path.endsWith("delimiter.csv");
            FormatOptions options = semicolon ? DIALECTS[1].with("quote", "\"") : FormatOptions.NONE;
            TextBatch batch = new TextBatch(1 + random.nextInt(500));
            Outcome found = gantry(
                    MemoryFile.of(bytes).inPieces(5), options, batch, 1 + random.nextInt(ByteRecordReader.WINDOW));
            assertThat(found.equals(commons(bytes, options)))
                    .as(path.toString())
                    .isTrue();
            assertThat(found.records).as(path.toString()).isNotEmpty();
        }
    }

    /** A dialect in the words of Commons CSV. */
    private static CSVFormat commons(FormatOptions options) {
        Dialect dialect = Dialect.of(options);
        return CSVFormat.Builder.create()
                .setDelimiter(dialect.delimiter())
                .setQuote(dialect.quote())
                .setCommentMarker(dialect.comment())
                .setIgnoreEmptyLines(true)
                .setTrailingData(true)
                .get();
    }

    /** Lines of nothing but delimiters and blanks are records for Commons CSV. */
    private static boolean isBlank(List<String> cells) {
        return cells.stream().allMatch(cell -> cell.chars().allMatch(c -> c == ' ' || c == '\t'));
    }

    private static RecordReader open(MemoryFile file, Dialect dialect, int window) throws IOException {
        StoredText text = StoredText.open(file, dialect, Limits.DEFAULT);
        return dialect.isPlain()
                ? new ByteRecordReader(text, dialect, Limits.DEFAULT, window)
                : new AnyRecordReader(text, dialect, Limits.DEFAULT);
    }

    private static Outcome gantry(MemoryFile file, FormatOptions options, TextBatch batch, int window)
            throws IOException {
        try (RecordReader reader = open(file, Dialect.of(options), window)) {
            List<List<String>> records = new ArrayList<>();
            boolean counted = true;
            int number = 0;
            for (Found found : Found.all(reader, batch, StandardCharsets.ISO_8859_1)) {
                counted &= found.number() == ++number;
                if (!isBlank(found.cells())) {
                    records.add(found.cells());
                }
            }
            counted &= reader.consumed() == file.length();
            return new Outcome(records, counted ? "" : "wrong counts");
        } catch (ProviderException e) {
            return new Outcome(List.of(), STARTLINE + e.details().get("line"));
        }
    }

    private static Outcome commons(byte[] input, FormatOptions options) throws IOException {
        String text = latin1(input);
        String marked = text.startsWith("\u00EF\u00BB\u00BF") ? text.substring(3) : text;
        CSVFormat format = JUDGES.computeIfAbsent(options, DifferentialTest::commons);
        try (CSVParser parser = CSVParser.builder()
                .setReader(new StringReader(marked))
                .setFormat(format)
                .get()) {
            List<List<String>> records = new ArrayList<>();
            for (CSVRecord record : parser) {
                if (!isBlank(record.toList())) {
                    records.add(record.toList());
                }
            }
            return new Outcome(records, "");
        } catch (UncheckedIOException e) {
            String message = e.getMessage();
            int line = message.indexOf(STARTLINE) + STARTLINE.length();
            // with the digits of the machine's locale, which parseLong knows
            return new Outcome(
                    List.of(), STARTLINE + Long.parseLong(message.substring(line, message.indexOf(')', line))));
        }
    }

    private static String latin1(byte[] input) {
        return new String(input, StandardCharsets.ISO_8859_1);
    }
}
