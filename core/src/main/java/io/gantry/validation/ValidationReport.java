// SPDX-License-Identifier: Apache-2.0
package io.gantry.validation;

import io.gantry.spi.dataset.RowChange;
import io.gantry.spi.records.DetectingFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run found out about a file and its rows. The same file, pipeline and dataset give the same report, byte for byte.
 *
 * @param pipeline code of the pipeline
 * @param dataset name of the dataset
 * @param file the file
 * @param counts what became of the rows
 * @param preview whether the run only looked
 * @param issues all kinds of issues, the most frequent first
 * @param drift how the columns differ from what was expected
 * @param detected what was found out about the file's format
 * @param warnings what a person should know before trusting the rows, though it rejected none
 * @param changes some of the changes a preview would make
 */
public record ValidationReport(
        String pipeline,
        String dataset,
        SourceFile file,
        Counts counts,
        boolean preview,
        List<IssueSummary> issues,
        List<DriftFinding> drift,
        List<DetectingFormat.Evidence> detected,
        List<Warning> warnings,
        List<RowChange> changes) {

    public ValidationReport {
        issues = List.copyOf(issues);
        drift = List.copyOf(drift);
        detected = List.copyOf(detected);
        warnings = List.copyOf(warnings);
        changes = List.copyOf(changes);
    }

    /**
     * The file a run read.
     *
     * @param name as it was given
     * @param bytes its size
     * @param sha256 its hash
     * @param format name of its format
     * @param header names of its columns; empty when it has none
     * @param correctionOf the run that it corrects; null for none
     */
    public record SourceFile(
            String name,
            long bytes,
            String sha256,
            String format,
            List<String> header,
            @Nullable String correctionOf) {
        public SourceFile {
            header = List.copyOf(header);
        }
    }

    /**
     * The report as JSON.
     *
     * @return one object
     */
    public String toJson() {
        return ReportJson.write(this);
    }

    /**
     * Reads a report. The values of changes come as text.
     *
     * @param json what {@link #toJson} gave
     * @return the report
     * @throws IllegalArgumentException when it is no report
     */
    public static ValidationReport fromJson(String json) {
        return ReportJson.read(json);
    }

    /**
     * The report as one HTML page that needs nothing beside it.
     *
     * @return the whole page
     */
    public String toHtml() {
        return new ReportHtml(this).page();
    }

    /**
     * The report as some lines of plain text.
     *
     * @return lines ended by LF
     */
    public String summary() {
        return ReportText.of(this);
    }

    @Override
    public String toString() {
        return summary();
    }
}
