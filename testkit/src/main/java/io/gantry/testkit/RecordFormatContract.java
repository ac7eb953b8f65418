// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
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
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every format must do that is both a {@link WritableFormat} and a {@link TextReadableFormat}: it reads again what it writes as
 * text, within limits. A provider's author extends
 * it, implements the hook, and inherits the tests. What other programs write is for the provider's own tests.
 */
public abstract class RecordFormatContract {

    private static final List<Field> COLUMNS =
            List.of(Field.of("id", FieldType.STRING), Field.of("a word", FieldType.STRING));

    @TempDir
    private Path folder;

    private int files;

    /** For the test class that extends the suite. */
    protected RecordFormatContract() {}

    /**
     * The format under test.
     *
     * @return any object of it; also a {@link TextReadableFormat}
     */
    protected abstract WritableFormat format();

    private TextReadableFormat reading() {
        return (TextReadableFormat) format();
    }

    /** A file of this machine. */
    private record LocalFile(Path data) implements FileContent {
        @Override
        public String name() {
            return data.getFileName().toString();
        }

        @Override
        public long length() {
            return data.toFile().length();
        }

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(data);
        }

        @Override
        public Optional<Path> path() {
            return Optional.of(data);
        }
    }

    private FileContent write(List<List<String>> rows) throws IOException {
        Path file = folder.resolve("file" + files++);
        try (OutputStream out = Files.newOutputStream(file);
                RecordWriter writer = format().writer(out, COLUMNS, FormatOptions.NONE)) {
            RowBatch batch = new RowBatch(COLUMNS, 7);
            for (int i = 0; i < rows.size(); i++) {
                batch.add(i + 1L, rows.get(i).toArray());
                if (batch.isFull() || i == rows.size() - 1) {
                    writer.write(batch);
                    batch.clear();
                }
            }
        }
        return new LocalFile(file);
    }

    private List<List<String>> read(FileContent file, Limits limits, int capacity) throws IOException {
        List<List<String>> records = new ArrayList<>();
        try (RecordReader reader = reading().reader(file, FormatOptions.NONE, limits)) {
            TextBatch batch = new TextBatch(capacity);
            while (reader.read(batch)) {
                assertThat(batch.size()).isBetween(1, capacity);
                for (int record = 0; record < batch.size(); record++) {
                    assertThat(batch.number(record)).isEqualTo(records.size() + 1L);
                    int at = record;
                    records.add(IntStream.range(0, batch.cells(record))
                            .mapToObj(place -> batch.text(at, place))
                            .collect(Collectors.toList()));
                }
                assertThat(reader.consumed()).isBetween(0L, file.length());
            }
            assertThat(batch.size()).isZero();
            assertThat(reader.read(batch)).as("after the end").isFalse();
        }
        return records;
    }

    private static List<List<String>> withHeader(List<List<String>> rows) {
        List<List<String>> all = new ArrayList<>();
        all.add(COLUMNS.stream().map(Field::name).toList());
        all.addAll(rows);
        return all;
    }

    private static List<List<String>> numbered(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> List.of("n" + i, "word " + i * 31))
                .toList();
    }

    private void exceeds(Limits limits, List<List<String>> rows) throws IOException {
        FileContent file = write(rows);
        assertThatThrownBy(() -> read(file, limits, 100)).isInstanceOfSatisfying(ProviderException.class, failure -> {
            assertThat(failure.code()).isEqualTo("LIMIT_EXCEEDED");
            assertThat(failure.kind()).isEqualTo(FailureKind.DATA);
        });
    }

    @Test
    final void text_that_was_written_is_read_again() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        int id = 0;
        for (String text : Values.scripts()) {
            rows.add(List.of("n" + id++, text));
        }
        for (String text : List.of(
                "a,b;c\td|e", "\"quoted\"", "two\nlines", " both ends ", "'", "\\", "NULL", "x".repeat(30_000))) {
            rows.add(List.of("n" + id++, text));
        }
        assertThat(read(write(rows), Limits.DEFAULT, 100)).isEqualTo(withHeader(rows));
    }

    @Test
    final void a_file_of_no_rows_has_its_header() throws IOException {
        assertThat(read(write(List.of()), Limits.DEFAULT, 10)).isEqualTo(withHeader(List.of()));
    }

    @Test
    final void the_size_of_batches_makes_no_difference() throws IOException {
        List<List<String>> rows = numbered(1_000);
        FileContent file = write(rows);
        for (int capacity : new int[] {1, 2, 7, 1_001, 5_000}) {
            assertThat(read(file, Limits.DEFAULT, capacity)).isEqualTo(withHeader(rows));
        }
    }

    @Test
    final void a_file_may_be_read_by_several_at_once_and_left_before_its_end() throws IOException {
        FileContent file = write(numbered(500));
        try (RecordReader first = reading().reader(file, FormatOptions.NONE, Limits.DEFAULT);
                RecordReader second = reading().reader(file, FormatOptions.NONE, Limits.DEFAULT)) {
            TextBatch one = new TextBatch(3);
            TextBatch two = new TextBatch(3);
            assertThat(first.read(one)).isTrue();
            assertThat(second.read(two)).isTrue();
            assertThat(first.read(one)).isTrue();
            assertThat(two.text(1, 0)).isEqualTo("n0");
            assertThat(one.text(0, 0)).isEqualTo("n2");
        }
    }

    @Test
    final void more_columns_than_the_limit_are_refused() throws IOException {
        exceeds(Limits.DEFAULT.columns(1), numbered(3));
    }

    @Test
    final void a_cell_beyond_the_limit_is_refused() throws IOException {
        exceeds(Limits.DEFAULT.sizes(1_000, 100_000), List.of(List.of("n", "x".repeat(1_001))));
    }

    @Test
    final void a_file_beyond_the_limit_is_refused() throws IOException {
        FileContent file = write(numbered(100));
        exceeds(Limits.DEFAULT.bytes(file.length() / 2), numbered(100));
        assertThat(read(file, Limits.DEFAULT.bytes(file.length()), 10)).hasSize(101);
    }

    @Test
    final void it_has_a_name_a_media_type_and_options_that_do_for_a_start() {
        assertThat(format().name()).matches("[a-z][a-z0-9-]*");
        assertThat(format().mediaType()).matches("[a-z]+/[a-zA-Z0-9.+-]+");
        format().check(FormatOptions.NONE);
        assertThat(format().optionNames()).isUnmodifiable();
    }
}
