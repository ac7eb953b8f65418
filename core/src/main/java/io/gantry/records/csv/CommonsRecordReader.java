// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import io.gantry.spi.ProviderException;
import io.gantry.spi.records.Limits;
import io.gantry.spi.records.RecordReader;
import io.gantry.spi.records.TextBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads every dialect that has no reader of its own, by Commons CSV. Cells and raw records are copied into the batch. */
final class CommonsRecordReader implements RecordReader {

    /** The number is written as in the locale of the machine: with its digits, in groups such as 1,000. */
    private static final Pattern CELL_LINE = Pattern.compile("\\(startline ([^)]+)\\)");

    private final StoredText text;
    private final RecordedText recorded;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final Limits limits;
    private final boolean raw;
    private long number = 1;
    private int used;
    private char[] characters = new char[1 << 10];

    CommonsRecordReader(StoredText text, Dialect dialect, Limits limits) throws IOException {
        this.text = text;
        this.limits = limits;
        this.raw = Utf8.keepsStrayBytes(text.charset());
        this.recorded = new RecordedText(text.characters(), dialect, limits);
        this.parser = CSVParser.builder()
                .setReader(recorded)
                .setFormat(dialect.commons())
                .get();
        this.records = parser.iterator();
    }

    @Override
    public boolean read(TextBatch into) throws IOException {
        into.clear();
        into.firstNumber(number);
        used = 0;
        while (into.size() < into.capacity() && used < ByteRecordReader.WINDOW && hasNext()) {
            add(records.next(), into);
        }
        number += into.size();
        return into.size() > 0;
    }

    private boolean hasNext() throws IOException {
        try {
            return records.hasNext();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CSVException broken) {
                throw failure(broken);
            }
            throw e.getCause();
        }
    }

    private ProviderException failure(CSVException broken) {
        String message = String.valueOf(broken.getMessage());
        Matcher cell = CELL_LINE.matcher(message);
        return cell.find()
                ? Failures.unclosedQuote(number(cell.group(1)))
                : Failures.escapeAtEnd(recorded.beginRecord());
    }

    private static long number(String text) {
        return text.codePoints()
                .filter(Character::isDigit)
                .mapToLong(digit -> Character.digit(digit, 10))
                .reduce(0, (before, digit) -> 10 * before + digit);
    }

    private void add(CSVRecord record, TextBatch into) {
        long line = recorded.beginRecord();
        int length = recorded.endRecord(parser.getCurrentLineNumber());
        if (record.size() > limits.columns()) {
            throw Failures.limit("columns", limits.columns(), line);
        }
        int rawStart = used;
        append(recorded.window(), recorded.start(), recorded.start() + length, into);
        if (used - rawStart > limits.recordBytes()) {
            throw Failures.limit("recordBytes", limits.recordBytes(), line);
        }
        int rawLength = used - rawStart;
        for (int i = 0; i < record.size(); i++) {
            String cell = record.get(i);
            int start = used;
            if (characters.length < cell.length()) {
                characters = new char[cell.length() * 2];
            }
            cell.getChars(0, cell.length(), characters, 0);
            append(characters, 0, cell.length(), into);
            if (used - start > limits.cellBytes()) {
                throw Failures.limit("cellBytes", limits.cellBytes(), line);
            }
            into.cell(start, used - start);
        }
        into.endRecord(line, rawStart, rawLength);
    }

    private void append(char[] text, int from, int to, TextBatch into) {
        byte[] buffer = into.ensure(used + (to - from) * Utf8.MOST_PER_CHAR);
        used = Utf8.encode(text, from, to, buffer, used, raw);
    }

    @Override
    public long consumed() {
        return text.consumed();
    }

    @Override
    public void close() throws IOException {
        parser.close();
        text.close();
    }
}
