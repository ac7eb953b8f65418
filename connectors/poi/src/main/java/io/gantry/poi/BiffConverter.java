// SPDX-License-Identifier: Apache-2.0
package io.gantry.poi;

import io.gantry.spi.records.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.poi.hssf.record.BOFRecord;
import org.apache.poi.hssf.record.BoolErrRecord;
import org.apache.poi.hssf.record.BoundSheetRecord;
import org.apache.poi.hssf.record.CellValueRecordInterface;
import org.apache.poi.hssf.record.DateWindow1904Record;
import org.apache.poi.hssf.record.EOFRecord;
import org.apache.poi.hssf.record.ExtendedFormatRecord;
import org.apache.poi.hssf.record.FormatRecord;
import org.apache.poi.hssf.record.FormulaRecord;
import org.apache.poi.hssf.record.LabelRecord;
import org.apache.poi.hssf.record.LabelSSTRecord;
import org.apache.poi.hssf.record.MergeCellsRecord;
import org.apache.poi.hssf.record.NumberRecord;
import org.apache.poi.hssf.record.Record;
import org.apache.poi.hssf.record.RecordFactoryInputStream;
import org.apache.poi.hssf.record.SSTRecord;
import org.apache.poi.hssf.record.StringRecord;
import org.apache.poi.hssf.record.crypto.Biff8EncryptionKey;
import org.apache.poi.ss.usermodel.FormulaError;
import org.jspecify.annotations.Nullable;

/** Brings the records of a workbook of Excel 97 to 2003 into the form of {@code .xlsx}, one by one. */
final class BiffConverter {

    private final String name;
    private final Limits limits;
    private final List<String> merged = new ArrayList<>();
    private int depth;
    private int sheet = -1;
    private boolean open;
    private int row = -1;
    private int column = -1;
    private @Nullable FormulaRecord text;

    BiffConverter(String name, Limits limits) {
        this.name = name;
        this.limits = limits;
    }

    void convert(InputStream records, Path to, Password password) throws IOException {
        Biff8EncryptionKey.setCurrentUserPassword(password.isKnown() ? password.text() : null);
        try (XlsxParts parts = new XlsxParts(name, to, limits)) {
            RecordFactoryInputStream in = new RecordFactoryInputStream(records, true);
            for (Record record = in.nextRecord(); record != null; record = in.nextRecord()) {
                if (record instanceof BOFRecord begin) {
                    begin(begin, parts);
                } else if (record instanceof EOFRecord) {
                    end(parts);
                } else if (depth == 1 && sheet < 0) {
                    global(record, parts);
                } else if (depth == 1 && open) {
                    local(record, parts);
                }
            }
            if (depth > 0) {
                throw Failures.broken(name, "its records end in the middle", null);
            }
        } finally {
            Biff8EncryptionKey.setCurrentUserPassword(null);
        }
    }

    /** Charts lie inside sheets as sheets of their own. */
    private void begin(BOFRecord begin, XlsxParts parts) throws IOException {
        depth++;
        if (begin.getVersion() != BOFRecord.VERSION) {
            throw Failures.old(name);
        }
        if (depth > 1 || begin.getType() == BOFRecord.TYPE_WORKBOOK) {
            return;
        }
        sheet++;
        open = begin.getType() == BOFRecord.TYPE_WORKSHEET;
        if (open) {
            parts.beginSheet(sheet);
            row = -1;
        }
    }

    private void end(XlsxParts parts) throws IOException {
        depth--;
        if (depth == 0 && open) {
            parts.endSheet(merged);
            merged.clear();
            open = false;
            text = null;
        }
    }

    private static void global(Record record, XlsxParts parts) throws IOException {
        if (record instanceof BoundSheetRecord bound) {
            parts.sheet(bound.getSheetname(), !bound.isHidden() && !bound.isVeryHidden());
        } else if (record instanceof FormatRecord format) {
            parts.format(format.getIndexCode(), format.getFormatString());
        } else if (record instanceof ExtendedFormatRecord style) {
            parts.style(style.getFormatIndex());
        } else if (record instanceof DateWindow1904Record window) {
            parts.date1904(window.getWindowing() == 1);
        } else if (record instanceof SSTRecord shared) {
            parts.beginTexts();
            for (int i = 0; i < shared.getNumUniqueStrings(); i++) {
                parts.text(shared.getString(i).getString());
            }
            parts.endTexts();
        }
    }

    private void local(Record record, XlsxParts parts) throws IOException {
        if (record instanceof MergeCellsRecord cells) {
            for (int i = 0; i < cells.getNumAreas(); i++) {
                merged.add(cells.getAreaAt(i).formatAsString());
            }
        } else if (record instanceof StringRecord result && text != null) {
            cell(text, parts, "str", result.getString());
            text = null;
        } else if (record instanceof CellValueRecordInterface cell) {
            text = null;
            cell(cell, parts);
        }
    }

    private void cell(CellValueRecordInterface cell, XlsxParts parts) throws IOException {
        if (cell instanceof LabelSSTRecord shared) {
            cell(cell, parts, "s", Integer.toString(shared.getSSTIndex()));
        } else if (cell instanceof NumberRecord number) {
            cell(cell, parts, "n", Double.toString(number.getValue()));
        } else if (cell instanceof BoolErrRecord value) {
            if (value.isBoolean()) {
                cell(cell, parts, "b", value.getBooleanValue() ? "1" : "0");
            } else {
                cell(cell, parts, "e", error(value.getErrorValue()));
            }
        } else if (cell instanceof LabelRecord label) {
            cell(cell, parts, "str", label.getValue());
        } else if (cell instanceof FormulaRecord formula) {
            formula(formula, parts);
        }
    }

    private void formula(FormulaRecord formula, XlsxParts parts) throws IOException {
        if (formula.hasCachedResultString()) {
            text = formula; // its text is the next record
            return;
        }
        switch (formula.getCachedResultTypeEnum()) {
            case BOOLEAN -> cell(formula, parts, "b", formula.getCachedBooleanValue() ? "1" : "0");
            case ERROR -> cell(formula, parts, "e", error(formula.getCachedErrorValue()));
            case STRING -> cell(formula, parts, "str", "");
            default -> cell(formula, parts, "n", Double.toString(formula.getValue()));
        }
    }

    private static String error(int code) {
        return FormulaError.isValidCode(code) ? FormulaError.forInt((byte) code).getString() : "#N/A";
    }

    private void cell(CellValueRecordInterface cell, XlsxParts parts, String type, String value) throws IOException {
        boolean next = cell.getRow() == row && cell.getColumn() > column;
        if (!next && cell.getRow() <= row) {
            throw Failures.broken(name, "the cells of sheet '" + parts.name(sheet) + "' do not come row by row", null);
        }
        if (cell.getRow() != row) {
            row = cell.getRow();
            parts.beginRow(row + 1);
        }
        column = cell.getColumn();
        parts.cell(column, cell.getXFIndex(), type, value);
    }
}
