// SPDX-License-Identifier: Apache-2.0
package io.gantry.validation;

import io.gantry.mapping.DriftPolicy;
import io.gantry.spi.dataset.RowChange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The report as one self-contained page: no script, no font, no picture from elsewhere. */
final class ReportHtml {

    /** How many kinds of issues show their cells at once. */
    private static final int OPEN = 3;

    private final ValidationReport report;
    private final StringBuilder out = new StringBuilder();

    ReportHtml(ValidationReport report) {
        this.report = report;
    }

    String page() {
        out.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .append(
                        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">");
        add("<title>%s – %s</title><style>", report.pipeline(), report.file().name());
        out.append(style()).append("</style></head><body><main>\n");
        heading();
        counts();
        warnings();
        drift();
        issues();
        changes();
        footer();
        return out.append("</main></body></html>\n").toString();
    }

    private static String style() {
        try (InputStream in = Objects.requireNonNull(ReportHtml.class.getResourceAsStream("report.css"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("The style sheet is part of this library", e);
        }
    }

    private void heading() {
        Counts counts = report.counts();
        boolean loaded = counts.loaded() + counts.unchanged() > 0;
        String style = "good";
        String verdict = "All rows are good";
        if (report.preview()) {
            verdict = "Preview: nothing was changed";
            style = counts.rejected() > 0 ? "part" : "good";
        } else if (counts.read() > 0 && !loaded && counts.rejected() + counts.skipped() > 0) {
            verdict = "Nothing was loaded";
            style = "bad";
        } else if (counts.rejected() > 0) {
            verdict = "Loaded, with rejected rows";
            style = "part";
        } else if (!report.warnings().isEmpty()) {
            verdict = "All rows are good, with warnings";
            style = "part";
        }
        add("<header><p class=\"eyebrow\">Import report</p><h1>%s</h1>", report.pipeline());
        add("<p class=\"sub\"><b>%s</b> → <b>%s</b></p>", report.file().name(), report.dataset());
        add("<p class=\"verdict %s\">%s</p></header>\n", style, verdict);
    }

    private void counts() {
        Counts counts = report.counts();
        out.append("<section><div class=\"tiles\">");
        tile("read", counts.read(), "");
        tile("inserted", counts.inserted(), "ins");
        tile("updated", counts.updated(), "upd");
        tile("unchanged", counts.unchanged(), "same");
        tile("rejected", counts.rejected(), "rej");
        tile("skipped", counts.skipped(), "skip");
        if (counts.deleted() > 0) {
            tile("deleted", counts.deleted(), "rej");
        }
        out.append("</div>");
        if (counts.read() > 0) {
            out.append("<div class=\"bar\" role=\"img\" aria-label=\"shares of all rows read\">");
            part(counts.inserted(), "ins");
            part(counts.updated(), "upd");
            part(counts.unchanged(), "same");
            part(counts.rejected(), "rej");
            part(counts.skipped(), "skip");
            out.append("</div>");
        }
        out.append("</section>\n");
    }

    private void tile(String name, long count, String style) {
        add("<div class=\"tile %s\"><span>%s</span><b>%s</b></div>", count == 0 ? "zero" : style, name, number(count));
    }

    private void part(long count, String style) {
        if (count > 0) {
            double percent = 100.0 * count / report.counts().read();
            add(
                    "<i class=\"%s\" style=\"flex-grow:%s\"></i>",
                    style, String.format(Locale.ROOT, "%.3f", Math.max(0.4, percent)));
        }
    }

    private void warnings() {
        if (report.warnings().isEmpty()) {
            return;
        }
        out.append(
                "<section><h2>Warnings</h2><table><thead><tr><th>Code</th><th>Finding</th><th class=\"num\">Count</th></tr></thead><tbody>");
        for (Warning warning : report.warnings()) {
            Long count = warning.count();
            add("<tr><td><span class=\"code warn\">%s</span></td><td>", warning.code());
            out.append(visible(warning.message()));
            add("</td><td class=\"num\">%s</td></tr>", count == null ? "" : number(count));
        }
        out.append("</tbody></table></section>\n");
    }

    private void drift() {
        if (report.drift().isEmpty()) {
            return;
        }
        out.append(
                "<section><h2>Columns</h2><table><thead><tr><th>What</th><th>Column</th><th>Finding</th><th>Done</th></tr></thead><tbody>");
        for (DriftFinding finding : report.drift()) {
            add(
                    "<tr><td><span class=\"tag\">%s</span></td><td class=\"mono\">%s</td><td>%s</td><td>%s</td></tr>",
                    finding.kind().name().toLowerCase(Locale.ROOT),
                    finding.column(),
                    finding.message(),
                    done(finding.reaction()));
        }
        out.append("</tbody></table></section>\n");
    }

    private static String done(DriftPolicy.Reaction reaction) {
        return switch (reaction) {
            case FAIL -> "failed";
            case REJECT_ROW -> "rows rejected";
            case WARN -> "warned";
            case ADAPT -> "adapted";
        };
    }

    private void issues() {
        List<IssueSummary> issues = report.issues();
        if (issues.isEmpty()) {
            out.append("<section><h2>Issues</h2><p class=\"none\">None: every row passed every check.</p></section>\n");
            return;
        }
        long most = issues.stream().mapToLong(IssueSummary::count).max().orElse(1);
        add(
                "<section><h2>Issues <small>%s</small></h2>",
                issues.size() == 1 ? "1 kind" : number(issues.size()) + " kinds");
        for (int i = 0; i < issues.size(); i++) {
            issue(issues.get(i), most, i < OPEN);
        }
        out.append("</section>\n");
    }

    private void issue(IssueSummary issue, long most, boolean open) {
        out.append("<details class=\"issue\"").append(open ? " open" : "").append("><summary>");
        add("<span class=\"count\">%s</span>", number(issue.count()));
        add("<span class=\"code %s\">%s</span>", issue.warning() ? "warn" : "", issue.code());
        add(
                "<span class=\"what\"><b>%s</b> %s</span>",
                issue.column().isEmpty() ? "The row" : issue.column(), issue.message());
        add(
                "<span class=\"meter\"><i style=\"width:%s%%\"></i></span></summary>",
                String.valueOf(Math.max(1, 100 * issue.count() / most)));
        for (Hypothesis hypothesis : issue.hypotheses()) {
            add(
                    "<p class=\"hint\"><b>%s%%</b> of the sample would be good when %s <span>(%s of %s)</span></p>",
                    String.valueOf(Math.round(Math.floor(100 * hypothesis.rate()))),
                    hypothesis.text(),
                    number(hypothesis.hits()),
                    number(hypothesis.tested()));
        }
        if (!issue.examples().isEmpty()) {
            out.append("<table><thead><tr><th class=\"num\">Line</th><th>Cell</th></tr></thead><tbody>");
            for (IssueSummary.Example example : issue.examples()) {
                String value = example.value();
                add(
                        "<tr><td class=\"num\">%s</td>",
                        example.cell().isEmpty() ? number(example.line()) : example.cell());
                out.append("<td class=\"mono\">")
                        .append(value == null ? "<em>not shown</em>" : visible(value))
                        .append("</td></tr>");
            }
            out.append("</tbody></table>");
        }
        out.append("</details>\n");
    }

    private void changes() {
        if (report.changes().isEmpty()) {
            return;
        }
        out.append(
                "<section><h2>Changes <small>the first of each kind</small></h2><table><thead><tr><th>What</th><th>Key</th><th>Fields</th></tr></thead><tbody>");
        for (RowChange change : report.changes()) {
            String kind = change.kind().name().toLowerCase(Locale.ROOT);
            add("<tr><td><span class=\"tag %s\">%s</span></td><td class=\"mono\">", kind, kind);
            change.key().forEach(value -> add("%s ", shown(value)));
            out.append("</td><td>");
            for (RowChange.FieldChange field : change.fields()) {
                add("<span class=\"change\"><b>%s</b> ", field.field());
                if (change.kind() == RowChange.Kind.UPDATED) {
                    add("<del>%s</del> → ", shown(field.before()));
                }
                add("<ins>%s</ins></span>", shown(field.after()));
            }
            out.append("</td></tr>");
        }
        out.append("</tbody></table></section>\n");
    }

    private static String shown(@Nullable Object value) {
        String text = ReportJson.text(value);
        return text == null ? "∅" : text;
    }

    private void footer() {
        ValidationReport.SourceFile file = report.file();
        add("<footer><dl><dt>File</dt><dd>%s, %s bytes, %s</dd>", file.name(), number(file.bytes()), file.format());
        add("<dt>SHA-256</dt><dd class=\"mono\">%s</dd>", file.sha256());
        if (file.correctionOf() != null) {
            add("<dt>Corrects run</dt><dd class=\"mono\">%s</dd>", file.correctionOf());
        }
        report.detected()
                .forEach(evidence -> add(
                        "<dt>%s</dt><dd><span class=\"mono\">%s</span> – %s</dd>",
                        evidence.option(), evidence.value().replace("\t", "TAB"), evidence.reason()));
        out.append("</dl></footer>\n");
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Adds markup, its arguments escaped. */
    private void add(String markup, String... arguments) {
        Object[] escaped = new Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            escaped[i] = escape(arguments[i]);
        }
        out.append(String.format(Locale.ROOT, markup, escaped));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** A cell with its blanks and control characters made visible. */
    private static String visible(String value) {
        StringBuilder text = new StringBuilder();
        int shown = value.strip().length() == value.length() ? -1 : 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean edge = shown == 0
                    && (value.substring(0, i + 1).isBlank()
                            || value.substring(i).isBlank());
            text.append(
                    c == '\n'
                            ? "<s>⏎</s>"
                            : c == '\t'
                                    ? "<s>⇥</s>"
                                    : Character.isISOControl(c)
                                            ? "<s>·</s>"
                                            : c == ' ' && edge ? "<s>␣</s>" : escape(String.valueOf(c)));
        }
        return text.isEmpty() ? "<em>empty</em>" : text.toString();
    }
}
