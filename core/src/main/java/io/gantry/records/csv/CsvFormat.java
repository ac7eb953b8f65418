// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import io.gantry.records.FormulaGuard;
import io.gantry.spi.file.FileContent;
import io.gantry.spi.records.CopyingFormat;
import io.gantry.spi.records.DetectingFormat;
import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.Limits;
import io.gantry.spi.records.RecordReader;
import io.gantry.spi.records.RecordWriter;
import io.gantry.spi.records.WritableFormat;
import io.gantry.spi.schema.Field;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Delimited text. Options, all of them optional:
 *
 * <ul>
 *   <li>{@code delimiter}: one or more characters between cells, {@code ,} by default; {@code \t} is a tab, {@code none}
 *       makes records of one cell.
 *   <li>{@code quote}: the character that may enclose a cell, {@code "} by default, or {@code none}. Inside, it is doubled.
 *   <li>{@code escape}: a character that takes the meaning from the one behind it, whatever that is; {@code none} by default.
 *   <li>{@code comment}: a character that makes a line that begins with it no record; {@code none} by default.
 *   <li>{@code encoding}: a character set. By default the byte order mark says it, and UTF-8 is meant where there is none. A
 *       mark that says otherwise than the option is a failure. {@code guess} lets detection take the likeliest when none is
 *       sure; without it, the file fails then with {@code ENCODING_UNSURE}.
 *   <li>{@code spaceBeforeQuote}: {@code text} by default: a cell that begins with a blank has no quotes; {@code skip} drops
 *       blanks outside of quotes.
 *   <li>{@code textBehindQuote}: {@code reject} by default: the record has a fault; {@code lenient} keeps it, with a warning.
 *   <li>{@code shortRows}: {@code fill} by default: cells missing at the end are empty, with a warning; {@code reject}.
 *   <li>{@code typographicQuotes}: {@code reject} by default: a record with a cell in typographic quotes has a fault;
 *       {@code keep} takes them for text.
 *   <li>{@code trim}: {@code true} drops blanks at both ends of each cell, inside quotes too; {@code false} by default.
 *   <li>{@code lineEnd}, for writing: {@code lf} by default, {@code crlf}, {@code cr}. All three are understood in reading.
 *   <li>{@code formulas}: {@code neutralise} by default, see {@link FormulaGuard}: texts that a spreadsheet would take for
 *       formulas are written with an apostrophe in front, and read without it. {@code keep} writes and reads texts as they
 *       are.
 *   <li>{@code bom}, for writing: {@code true} begins the file with a byte order mark; {@code false} by default.
 *   <li>{@code decimal}, for writing: {@code .} by default, or {@code ,}: then {@code ;} is the delimiter unless another is
 *       given.
 *   <li>{@code locale}, for writing: such as {@code de-DE}: its decimal sign, and the language of names in dates.
 *   <li>{@code zone}, for writing: of timestamps; UTC by default. Where it is given they have its offset.
 *   <li>{@code dateFormat}, {@code timeFormat}, {@code timestampFormat}, for writing: patterns of {@link
 *       java.time.format.DateTimeFormatter} such as {@code dd.MM.uuuu}; ISO notation by default.
 * </ul>
 *
 * <p>Reading gives up no byte without a word: text behind a closing quote belongs to its cell ({@code "a"b} is the cell
 * {@code ab}) and is a fault of its record, and bytes that are malformed in the file's encoding reach
 * the mapping as malformed UTF-8, which it rejects cell by cell. A quote that is never closed fails the file. No records are
 * empty lines, lines of nothing but delimiters and blanks, a first line such as {@code sep=;}, and a Ctrl-Z at the end.
 *
 * <p>In writing, null is nothing and an empty text is a pair of quotes, so that they differ; so is the last cell of a
 * record of nulls. The names of the columns are the first record. A text that the dialect or the encoding cannot hold
 * is a failure with code {@code VALUE_NOT_WRITABLE}.
 *
 * <p>Copies have the encoding of the option, or UTF-8 without it, whatever the mark of the file they come from said. The
 * bytes of a copied record are those it had: where the encoding is another than UTF-8, its text is encoded again, and bytes
 * that were malformed in it are put back. Of the new cells, characters that the encoding lacks are replaced.
 *
 * <p>Detection looks at the first 256 KiB.
 */
public final class CsvFormat implements WritableFormat, CopyingFormat, DetectingFormat {

    private static final Set<String> OPTIONS =
            Stream.of(Dialect.OPTIONS, CsvLooks.OPTIONS).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());

    /** Makes the format. It has no state. */
    public CsvFormat() {}

    @Override
    public String name() {
        return "csv";
    }

    @Override
    public Set<String> optionNames() {
        return OPTIONS;
    }

    @Override
    public void check(FormatOptions options) {
        Dialect.of(CsvLooks.withDelimiter(options));
        CsvLooks.of(options);
    }

    @Override
    public boolean guardsFormulas(FormatOptions options) {
        return Dialect.of(options).neutralise();
    }

    @Override
    public ShortRecords shortRecords(FormatOptions options) {
        return Dialect.of(options).tolerance().fillShort() ? ShortRecords.FILLED : ShortRecords.REJECTED;
    }

    @Override
    public RecordReader reader(FileContent file, FormatOptions options, Limits limits) throws IOException {
        Dialect dialect = Dialect.of(options);
        StoredText text = StoredText.open(file, dialect, limits);
        return dialect.isPlain()
                ? new ByteRecordReader(text, dialect, limits)
                : new AnyRecordReader(text, dialect, limits);
    }

    @Override
    public String mediaType() {
        return "text/csv";
    }

    @Override
    public RecordWriter writer(OutputStream out, List<Field> columns, FormatOptions options) throws IOException {
        return new CsvWriter(out, columns, options);
    }

    @Override
    public RecordCopier copier(OutputStream out, FormatOptions options) throws IOException {
        return new CsvCopier(out, Dialect.of(options));
    }

    @Override
    public Detection detect(FileContent file, FormatOptions given, Limits limits) throws IOException {
        return DialectGuess.of(file, given, limits);
    }
}
