// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import io.gantry.spi.records.CopyingFormat;
import io.gantry.spi.records.TextBatch;
import io.gantry.spi.records.TextBatch.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;

/**
 * Copies records of a workbook into another: each cell keeps its kind, so that reading the copy gives the cells of the
 * original. The looks of the original are lost.
 */
final class XlsxCopier implements CopyingFormat.RecordCopier {

    private static final int DATE_LENGTH = 10;
    /** In place of a formula without a result: an error stays one, and a formula would point elsewhere. */
    private static final byte[] NO_RESULT = "#N/A".getBytes(StandardCharsets.US_ASCII);

    private final WorkbookFile file;
    private final CopiedNumbers numbers;
    private final int date;
    private final int time;
    private final int dateTime;
    private final int exactTime;
    private final int exactDateTime;

    /**
     * Begins a file.
     *
     * @param mostRows of one sheet
     */
    XlsxCopier(OutputStream out, SheetNames names, long mostRows) throws IOException {
        CellStyles styles = new CellStyles();
        date = styles.of(Moments.DATE);
        time = styles.of(Moments.TIME);
        dateTime = styles.of(Moments.DATE_TIME);
        exactTime = styles.of(Moments.TIME + Moments.MILLIS);
        exactDateTime = styles.of(Moments.DATE_TIME + Moments.MILLIS);
        numbers = new CopiedNumbers(styles);
        String head = "<sheetFormatPr defaultColWidth=\"20\" defaultRowHeight=\"15\"/>";
        file = new WorkbookFile(out, styles, names, head, mostRows, false);
    }

    @Override
    public void copy(List<String> front, TextBatch records, int record, int skip) throws IOException {
        SheetXml xml = begin(front);
        int first = records.first(record);
        for (int i = skip; i < records.cells(record); i++) {
            copy(xml, front.size() + i - skip, records, first + i);
        }
        xml.endRow();
    }

    @Override
    public void write(List<String> cells) throws IOException {
        begin(cells).endRow();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private SheetXml begin(List<String> cells) throws IOException {
        if (file.isFull()) {
            file.beginSheet();
        }
        SheetXml xml = file.beginRow();
        for (int i = 0; i < cells.size(); i++) {
            xml.text(i, CellStyles.GENERAL, cells.get(i));
        }
        return xml;
    }

    private void copy(SheetXml xml, int column, TextBatch records, int cell) {
        byte[] bytes = records.buffer();
        int start = records.start(cell);
        int length = records.length(cell);
        switch (records.kind(cell)) {
            case Kind.NUMBER, Kind.LONG_NUMBER -> numbers.copy(xml, column, records, cell);
            case Kind.FORMULA -> xml.error(column, NO_RESULT, 0, NO_RESULT.length);
            case Kind.BOOLEAN -> xml.bool(column, CellStyles.GENERAL, length == "TRUE".length());
            case Kind.ERROR -> xml.error(column, bytes, start, length);
            case Kind.TEMPORAL -> copyMoment(xml, column, new String(bytes, start, length, StandardCharsets.US_ASCII));
            default -> xml.text(column, CellStyles.GENERAL, bytes, start, length);
        }
    }

    private void copyMoment(SheetXml xml, int column, String iso) {
        boolean fraction = iso.indexOf('.') >= 0;
        if (iso.indexOf('-') < 0) {
            xml.moment(column, fraction ? exactTime : time, 0, micros(iso));
            return;
        }
        long epochDay = LocalDate.parse(iso.substring(0, DATE_LENGTH)).toEpochDay();
        if (!Moments.isCounted(epochDay)) {
            xml.text(column, CellStyles.GENERAL, iso);
        } else if (iso.length() == DATE_LENGTH) {
            xml.moment(column, date, Moments.days(epochDay), 0);
        } else {
            long micros = micros(iso.substring(DATE_LENGTH + 1));
            xml.moment(column, fraction ? exactDateTime : dateTime, Moments.days(epochDay), micros);
        }
    }

    private static long micros(String time) {
        return LocalTime.parse(time).toNanoOfDay() / 1000;
    }
}
