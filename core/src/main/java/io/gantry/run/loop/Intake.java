// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.ErrorCode;
import io.gantry.GantryException;
import io.gantry.check.Names;
import io.gantry.mapping.compile.FileShape;
import io.gantry.pipeline.FileFormat;
import io.gantry.spi.file.StoredFile;
import io.gantry.spi.records.DetectingFormat;
import io.gantry.spi.records.FileWarning;
import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.Limits;
import io.gantry.spi.records.RecordFormat;
import io.gantry.spi.records.RecordReader;
import io.gantry.spi.records.TextBatch;
import io.gantry.spi.records.TextReadableFormat;
import io.gantry.validation.Warning;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Records about to be read: their format is settled, their header known. They can be read as often as need be. */
final class Intake {

    /** The cells a file of rejects has in front of each record. */
    static final List<String> FRONT = List.of("__row", "__codes", "__messages");

    private final Records records;
    private final int headerRow;
    private final List<DetectingFormat.Evidence> evidence;
    private final List<String> header;
    private final int lead;
    private final List<FileWarning> found;
    /** Set by the thread that reads, before it hands over the end of the file. */
    private volatile List<FileWarning> read = List.of();

    private Intake(
            Records records,
            int headerRow,
            List<DetectingFormat.Evidence> evidence,
            List<FileWarning> found,
            List<String> header,
            int lead) {
        this.records = records;
        this.headerRow = headerRow;
        this.evidence = evidence;
        this.found = found;
        this.header = header;
        this.lead = lead;
    }

    /** Records that have no header among them, but are known to have these columns. */
    static Intake of(Records records, List<String> columns) {
        return new Intake(records, 0, List.of(), List.of(), columns, 0);
    }

    /** Looks at the file's beginning. A file of rejects is known by its front cells, and has its header first. */
    static Intake open(StoredFile file, RecordFormat known, FileFormat given, Limits limits) throws IOException {
        if (!(known instanceof TextReadableFormat format)) {
            throw new GantryException(ErrorCode.DATASET_UNFIT, "Format '" + known.name() + "' cannot be read");
        }
        if (file.length() > limits.bytes()) {
            throw new GantryException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "The file has " + file.length() + " bytes; the limit is " + limits.bytes(),
                    Map.of("limit", "bytes"),
                    null);
        }
        FormatOptions options = given.options();
        List<DetectingFormat.Evidence> evidence = List.of();
        List<FileWarning> found = List.of();
        int headerRow = given.headerRow();
        if (format instanceof DetectingFormat detecting) {
            DetectingFormat.Detection detection = detecting.detect(file, options, limits);
            options = detection.options();
            boolean find = headerRow == FileFormat.FIND_HEADER;
            evidence = detection.evidence().stream()
                    .filter(one -> find || !one.option().equals("headerRow"))
                    .toList();
            found = detection.warnings();
            headerRow = find ? detection.headerRow() : headerRow;
        }
        headerRow = Math.max(headerRow, 0);
        Records records = new Records.OfFile(file, format, options, limits);
        List<String> first = record(records, 1);
        boolean rejects =
                first.size() >= FRONT.size() && first.subList(0, FRONT.size()).equals(FRONT);
        if (rejects) {
            boolean headless = headerRow == FileFormat.NO_HEADER;
            List<String> header = headless ? List.of() : first.subList(FRONT.size(), first.size());
            return new Intake(records, 1, evidence, found, header, FRONT.size());
        }
        if (headerRow == FileFormat.NO_HEADER) {
            return new Intake(records, 0, evidence, found, List.of(), 0);
        }
        List<String> header = headerRow == 1 ? first : record(records, headerRow);
        if (header.isEmpty()) {
            throw new GantryException(
                    ErrorCode.HEADER_MISSING,
                    first.isEmpty()
                            ? "The file '" + file.name() + "' is empty; it should begin with the names of its columns"
                            : "The file '" + file.name() + "' has no record " + headerRow
                                    + ", which should hold the names of its columns");
        }
        return new Intake(records, headerRow, evidence, found, header, 0);
    }

    /** One record's cells; empty when the file ends before it. */
    private static List<String> record(Records records, int number) throws IOException {
        TextBatch batch = new TextBatch(number < 1_000 ? number : 1_000);
        List<String> cells = new ArrayList<>();
        try (RecordReader reader = records.open()) {
            while (reader.read(batch)) {
                int index = (int) (number - batch.number(0));
                if (index < batch.size()) {
                    for (int i = 0; i < batch.cells(index); i++) {
                        cells.add(batch.text(index, i));
                    }
                    return cells;
                }
            }
        }
        return cells;
    }

    RecordReader reader() throws IOException {
        return records.open();
    }

    /** The index of the first record of a batch that is data; the batch's size when none is. */
    int firstData(TextBatch batch) {
        return (int) Math.max(0, Math.min(batch.size(), headerRow + 1 - batch.number(0)));
    }

    List<String> header() {
        return header;
    }

    /** The record that is the header, from 1; 0 for none. */
    int headerRow() {
        return headerRow;
    }

    FileShape shape() {
        return new FileShape(header, records.shortRecords(), records.guarded(), lead);
    }

    /** How many cells in front of each record are none of the file's own. */
    int lead() {
        return lead;
    }

    /** What is read. */
    Records records() {
        return records;
    }

    List<DetectingFormat.Evidence> evidence() {
        return evidence;
    }

    /** Keeps what a reader warns of that has come to the end of the file. */
    void ended(RecordReader reader) {
        read = reader.warnings();
    }

    /** What the file's format warns of: first what it found out by a look, then what it came across in reading. */
    List<Warning> warnings() {
        return Stream.concat(found.stream(), read.stream()).map(Warning::of).toList();
    }

    /**
     * Looks for the record that holds the names a mapping expects, when the header does not: people put titles above.
     *
     * @param expected names
     * @return its number, or 0
     */
    int findHeader(List<String> expected) throws IOException {
        int best = 0;
        long bestHits = 1;
        TextBatch batch = new TextBatch(20);
        try (RecordReader reader = reader()) {
            if (reader.read(batch)) {
                for (int record = 0; record < batch.size(); record++) {
                    List<String> names = new ArrayList<>();
                    for (int i = 0; i < batch.cells(record); i++) {
                        names.add(Names.normalize(batch.text(record, i)));
                    }
                    long hits = expected.stream()
                            .map(Names::normalize)
                            .filter(names::contains)
                            .count();
                    if (hits > bestHits) {
                        bestHits = hits;
                        best = (int) batch.number(record);
                    }
                }
            }
        }
        return best;
    }
}
