// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import io.gantry.spi.records.DetectingFormat.Evidence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What people should know of a sheet before they trust what is read from it. */
final class SheetWarnings {

    /** Merged ranges stand behind the rows: in larger sheets it would take too long to look for them. */
    private static final long LARGEST = 64 << 20;

    private static final int NAMED = 5;
    private static final byte[] MERGED = "mergeCell".getBytes(StandardCharsets.US_ASCII);

    private final Workbook workbook;
    private final SheetOptions options;

    SheetWarnings(Workbook workbook, SheetOptions options) {
        this.workbook = workbook;
        this.options = options;
    }

    List<Evidence> of(Workbook.Sheet sheet) throws IOException {
        List<Evidence> found = new ArrayList<>();
        String path = sheet.path();
        if (path == null) {
            return found;
        }
        if (!options.fillMerged()) {
            merged(sheet, path, found);
        }
        if (workbook.isStale()) {
            found.add(new Evidence(
                    "formulas",
                    "stored results",
                    0.5,
                    "the workbook asks to be calculated when it is opened, so results that are stored with its formulas"
                            + " may be out of date: open it in a spreadsheet program and save it"));
        }
        return found;
    }

    private void merged(Workbook.Sheet sheet, String path, List<Evidence> found) throws IOException {
        Archive archive = workbook.archive();
        if (archive.size(path) > LARGEST) {
            found.add(new Evidence(
                    SheetOptions.MERGED,
                    "first",
                    0.9,
                    "the sheet is too large to be looked through for merged cells; if it has any, only the first cell of"
                            + " each range has a value, and the option merged=fill gives it to all"));
            return;
        }
        if (!contains(archive, path)) {
            return;
        }
        List<MergedCells.Range> ranges = MergedCells.list(archive, path, () -> "sheet '" + sheet.name() + "'").stream()
                .filter(range -> !(options.joinsHeader() && options.isHeader(range.bottom())))
                .toList();
        if (!ranges.isEmpty()) {
            String names =
                    ranges.stream().limit(NAMED).map(MergedCells.Range::name).collect(Collectors.joining(", "));
            String more = ranges.size() > NAMED ? " and " + (ranges.size() - NAMED) + " more ranges" : "";
            found.add(new Evidence(
                    SheetOptions.MERGED,
                    "first",
                    0.5,
                    "cells are merged: " + names + more + "; only the first cell of each range has a value, the option"
                            + " merged=fill gives it to all"));
        }
    }

    /** A quick look for the name of the element, before the part is taken apart. */
    private static boolean contains(Archive archive, String path) throws IOException {
        byte[] buffer = new byte[1 << 16];
        int kept = 0;
        try (InputStream in = archive.part(path, () -> "part '" + path + "'")) {
            for (int read = in.read(buffer, 0, buffer.length);
                    read >= 0;
                    read = in.read(buffer, kept, buffer.length - kept)) {
                int end = kept + read;
                for (int i = 0; i <= end - MERGED.length; i++) {
                    if (buffer[i] == 'm' && isMark(buffer, i)) {
                        return true;
                    }
                }
                kept = Math.min(end, MERGED.length - 1);
                System.arraycopy(buffer, end - kept, buffer, 0, kept);
            }
        }
        return false;
    }

    private static boolean isMark(byte[] buffer, int at) {
        for (int i = 1; i < MERGED.length; i++) {
            if (buffer[at + i] != MERGED[i]) {
                return false;
            }
        }
        return true;
    }
}
