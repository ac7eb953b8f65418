// SPDX-License-Identifier: Apache-2.0
package io.gantry.validation;

import java.util.List;
import java.util.Locale;

/** The report as plain text, for terminals and logs. */
final class ReportText {

    private static final int SHOWN = 12;

    private ReportText() {}

    static String of(ValidationReport report) {
        StringBuilder text = new StringBuilder();
        Counts counts = report.counts();
        line(
                text,
                "%s  %s → %s%s",
                report.pipeline(),
                report.file().name(),
                report.dataset(),
                report.preview() ? "  (preview)" : "");
        line(text, "  %s", counts);
        for (DriftFinding finding : report.drift()) {
            line(text, "  ~ %-8s %s", finding.kind(), finding.message());
        }
        for (Warning warning : report.warnings()) {
            Long count = warning.count();
            line(
                    text,
                    "  ! %7s  %-22s %s",
                    count == null ? "" : String.format(Locale.ROOT, "%,d", count),
                    warning.code(),
                    visible(warning.message()));
        }
        List<IssueSummary> issues = report.issues();
        for (IssueSummary issue : issues.subList(0, Math.min(SHOWN, issues.size()))) {
            String where = issue.column().isEmpty() ? "row" : "'" + issue.column() + "'";
            line(
                    text,
                    "  %s %,7d  %-22s %s %s",
                    issue.warning() ? "!" : "✗",
                    issue.count(),
                    issue.code(),
                    where,
                    issue.message());
            issue.examples().stream()
                    .limit(3)
                    .forEach(example -> line(
                            text,
                            example.cell().isEmpty() ? "              line %2$,d%3$s" : "              cell %1$s%3$s",
                            example.cell(),
                            example.line(),
                            example.value() == null ? "" : ": " + quoted(example.value())));
            issue.hypotheses().stream()
                    .limit(2)
                    .forEach(hypothesis -> line(
                            text,
                            "            → %s would mend %,d of %,d sampled",
                            hypothesis.text(),
                            hypothesis.hits(),
                            hypothesis.tested()));
        }
        if (issues.size() > SHOWN) {
            line(text, "  … and %,d more kinds of issues", issues.size() - SHOWN);
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }

    /** Control characters of a cell must not reach a terminal. */
    private static String visible(String value) {
        StringBuilder out = new StringBuilder();
        value.codePoints()
                .forEach(c -> out.appendCodePoint(
                        Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '·' : c));
        return out.toString();
    }

    private static String quoted(String value) {
        return '"' + visible(value) + '"';
    }
}
