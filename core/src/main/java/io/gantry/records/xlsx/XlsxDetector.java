// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import io.gantry.spi.records.DetectingFormat.Detection;
import io.gantry.spi.records.DetectingFormat.Evidence;
import io.gantry.spi.records.FormatOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the sheet and the header row of a workbook. */
final class XlsxDetector {

    private static final int MOST_SHEETS = 20;

    private final Workbook workbook;
    private final List<Candidate> candidates = new ArrayList<>();

    /** A sheet that was looked into. */
    private record Candidate(Workbook.Sheet sheet, int rows, HeaderGuess header) {

        boolean hasRows() {
            return rows > 0;
        }

        boolean isTable() {
            return header.table() && header.record() > 0;
        }
    }

    XlsxDetector(Workbook workbook) {
        this.workbook = workbook;
    }

    /**
     * Looks at the sheets that may be meant.
     *
     * @param given is kept where it names a sheet
     */
    Detection detect(FormatOptions given) throws IOException {
        SheetOptions options = SheetOptions.of(given);
        for (Workbook.Sheet sheet : XlsxFormat.candidates(workbook, given)) {
            if (sheet.path() != null && candidates.size() < MOST_SHEETS) {
                SheetSample sample = SheetSample.read(workbook, sheet, sheet.path(), options);
                candidates.add(new Candidate(sheet, sample.rows().size(), HeaderGuess.of(sample)));
            }
        }
        Optional<Candidate> found = choose();
        if (found.isEmpty()) {
            return new Detection(given, 0, List.of(new Evidence("sheet", "", 0.5, "no sheet is visible" + all())));
        }
        Candidate chosen = found.get();
        HeaderGuess header = chosen.header();
        String row = Integer.toString(header.record());
        String name = chosen.sheet().name();
        boolean named = given.get("sheet") != null;
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(named ? new Evidence("sheet", name, 1, "it was given") : evidence(chosen));
        evidence.add(new Evidence("headerRow", row, header.confidence(), header.reason()));
        evidence.addAll(new SheetWarnings(workbook, options).of(chosen.sheet()));
        return new Detection(named ? given : given.with("sheet", name), header.record(), evidence);
    }

    /** The first sheet that looks like a table, else the first that has rows, else the first. */
    private Optional<Candidate> choose() {
        return candidates.stream()
                .filter(Candidate::isTable)
                .findFirst()
                .or(() -> candidates.stream().filter(Candidate::hasRows).findFirst())
                .or(() -> candidates.stream().findFirst());
    }

    private Evidence evidence(Candidate chosen) {
        List<Candidate> full = candidates.stream().filter(Candidate::hasRows).toList();
        String reason;
        double confidence;
        if (full.isEmpty()) {
            reason = "no visible sheet has rows";
            confidence = 0.5;
        } else if (full.size() == 1) {
            reason = "it is the only visible sheet with rows";
            confidence = 0.99;
        } else if (chosen.equals(full.get(0))) {
            reason = "it is the first visible sheet with rows";
            confidence = 0.8;
        } else {
            reason = "it is the first visible sheet that looks like a table";
            confidence = 0.7;
        }
        return new Evidence("sheet", chosen.sheet().name(), confidence, reason + all());
    }

    private String all() {
        return "; the workbook has "
                + String.join(
                        ", ",
                        workbook.sheets().stream()
                                .limit(MOST_SHEETS)
                                .map(sheet -> "'" + sheet.name() + "' (" + look(sheet) + ")")
                                .toList());
    }

    private String look(Workbook.Sheet sheet) {
        if (!sheet.visible()) {
            return "hidden";
        }
        int rows = candidates.stream()
                .filter(candidate -> candidate.sheet().equals(sheet))
                .mapToInt(Candidate::rows)
                .findFirst()
                .orElse(-1);
        return rows < 0 ? "no cells" : rows < SheetSample.MOST ? rows + " rows" : "at least " + rows + " rows";
    }
}
