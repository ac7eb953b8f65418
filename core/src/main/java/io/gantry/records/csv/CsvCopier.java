// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import io.gantry.spi.records.CopyingFormat;
import io.gantry.spi.records.FileWarning;
import io.gantry.spi.records.TextBatch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes records as they were, in the dialect and encoding they were read in, behind new cells. */
final class CsvCopier implements CopyingFormat.RecordCopier {

    private static final int FLUSH = 1 << 16;

    private final Charset charset;
    private final EncodedText out;
    private final RecordText records;
    /** Characters that a new cell must not have. */
    private final String forbidden;

    private long changed;

    CsvCopier(OutputStream out, Dialect dialect) throws IOException {
        this.charset = CsvWriter.charset(dialect.encoding());
        this.out = new EncodedText(out, charset, EncodedText.Lacking.IS_REPLACED);
        this.records = new RecordText(dialect);
        this.forbidden = dialect.quote() == null && dialect.escape() == null ? dialect.delimiter() + "\r\n" : "";
        if (dialect.bom()) {
            this.out.writeMark();
        }
    }

    @Override
    public void copy(List<String> front, TextBatch from, int record, int skip) throws IOException {
        for (String cell : front) {
            records.addText(writable(cell));
        }
        if (skip == 0 && from.rawLength(record) > 0) {
            records.addRaw(from.buffer(), from.rawStart(record), from.rawLength(record));
        } else {
            int first = from.first(record);
            for (int cell = first + skip; cell < first + from.cells(record); cell++) {
                if (from.length(cell) == 0) {
                    records.addNull();
                } else {
                    records.addText(from.buffer(), from.start(cell), from.length(cell));
                }
            }
        }
        end();
    }

    @Override
    public void write(List<String> cells) throws IOException {
        for (String cell : cells) {
            records.addText(writable(cell));
        }
        end();
    }

    /**
     * A new cell as it can be written: without quotes and escapes, a delimiter or a line end in it has no form, and the
     * records beside it could not be copied as they are into another dialect.
     */
    private String writable(String cell) {
        if (forbidden.isEmpty() || cell.chars().noneMatch(c -> forbidden.indexOf(c) >= 0)) {
            return cell;
        }
        changed++;
        StringBuilder text = new StringBuilder(cell);
        for (int i = 0; i < text.length(); i++) {
            if (forbidden.indexOf(text.charAt(i)) >= 0) {
                text.setCharAt(i, forbidden.indexOf(' ') < 0 ? ' ' : '_');
            }
        }
        return text.toString();
    }

    @Override
    public List<FileWarning> warnings() {
        return changed == 0
                ? List.of()
                : List.of(new FileWarning(
                        "REJECTS_MESSAGES_CHANGED",
                        "The dialect neither quotes nor escapes: delimiters in the messages of the file of rejects are blanks",
                        changed));
    }

    private void end() throws IOException {
        records.endRecord();
        if (records.text().length() >= FLUSH) {
            flush();
        }
    }

    private void flush() throws IOException {
        byte[] bytes = records.text().bytes();
        int end = records.text().length();
        int from = 0;
        if (!charset.equals(StandardCharsets.UTF_8)) {
            for (int at = 0; at < end; at++) {
                int stray = Utf8.strayByte(bytes, at, end);
                if (stray >= 0) {
                    out.write(bytes, from, at - from);
                    out.writeEncoded(stray);
                    from = at + Utf8.MOST_PER_CHAR;
                    at = from - 1;
                }
            }
        }
        out.write(bytes, from, end - from);
        records.clear();
    }

    @Override
    public void close() throws IOException {
        try (out) {
            flush();
        }
    }
}
