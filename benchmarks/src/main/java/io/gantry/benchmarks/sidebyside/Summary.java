// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.sidebyside;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Medians of all rounds, and how they compare. */
final class Summary {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final List<Line> lines = new ArrayList<>();

    private Summary() {}

    /**
     * A line of the table.
     *
     * @param entry who did what
     * @param phase which part of it
     * @param wall median of seconds by the clock
     * @param best the least of them
     * @param client median of CPU seconds of the contestant
     * @param server median of CPU seconds of the server
     * @param peakResidentMegabytes median of the most memory the process had
     * @param reference what it is compared with
     * @param wallRatio the clock's seconds, as a multiple of the reference's
     * @param cpuRatio the CPU seconds of both sides, as a multiple of the reference's
     */
    record Line(
            Entry entry,
            String phase,
            double wall,
            double best,
            double client,
            double server,
            double peakResidentMegabytes,
            String reference,
            double wallRatio,
            double cpuRatio) {}

    static Summary of(Map<Entry, List<Outcome>> outcomes) {
        Summary summary = new Summary();
        outcomes.forEach((entry, list) -> {
            Outcome first = list.get(0);
            Entry reference = reference(entry, outcomes);
            for (int phase = 0; phase < first.phases().size(); phase++) {
                boolean later = phase > 0;
                summary.add(
                        entry,
                        list,
                        phase,
                        later ? list : outcomes.getOrDefault(reference, list),
                        later
                                ? "its " + first.phases().get(0).phase()
                                : reference.contestant() + ", " + reference.label());
            }
        });
        return summary;
    }

    /** An entry of the same suite: that of the reference, else the first with the same work. */
    private static Entry reference(Entry entry, Map<Entry, List<Outcome>> outcomes) {
        List<Entry> alike = outcomes.keySet().stream()
                .filter(other -> other.suite() == entry.suite() && other.work() == entry.work())
                .toList();
        return alike.stream()
                .filter(other -> other.contestant().equals(entry.suite().reference()))
                .findFirst()
                .orElse(alike.get(0));
    }

    private void add(Entry entry, List<Outcome> own, int phase, List<Outcome> others, String reference) {
        double wall = median(own, phase, Figures::wall);
        double cpu = median(own, phase, Figures::cpu);
        lines.add(new Line(
                entry,
                own.get(0).phases().get(phase).phase(),
                wall,
                own.stream()
                        .mapToDouble(outcome -> outcome.phases().get(phase).wall())
                        .min()
                        .orElse(0),
                median(own, phase, Figures::client),
                median(own, phase, Figures::server),
                median(own.stream()
                        .map(outcome -> (double) outcome.peakResidentMegabytes())
                        .toList()),
                reference,
                wall / median(others, 0, Figures::wall),
                cpu / median(others, 0, Figures::cpu)));
    }

    private static double median(List<Outcome> outcomes, int phase, ToDoubleFunction<Figures> figure) {
        return median(outcomes.stream()
                .map(outcome -> figure.applyAsDouble(outcome.phases().get(phase)))
                .toList());
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    void print(PrintStream out) {
        out.printf(
                "%-12s %-34s %-9s %7s %7s %7s %7s %7s %8s   %6s %6s  %s%n",
                "contestant",
                "work",
                "phase",
                "wall s",
                "best s",
                "client",
                "server",
                "CPU s",
                "peak MB",
                "wall",
                "CPU",
                "of");
        for (Line line : lines) {
            out.printf(
                    Locale.ROOT,
                    "%-12s %-34s %-9s %7.2f %7.2f %7.2f %7.2f %7.2f %8.0f   %6.2f %6.2f  %s%n",
                    line.entry().contestant(),
                    line.entry().label(),
                    line.phase(),
                    line.wall(),
                    line.best(),
                    line.client(),
                    line.server(),
                    line.client() + line.server(),
                    line.peakResidentMegabytes(),
                    line.wallRatio(),
                    line.cpuRatio(),
                    line.reference());
        }
    }

    void write(Path file, Map<String, String> machine, String options, Map<Entry, List<Outcome>> outcomes)
            throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("machine", machine);
        all.put("options", options);
        all.put("medians", lines);
        List<Map<String, Object>> rounds = new ArrayList<>();
        outcomes.forEach((entry, list) -> {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("entry", entry);
            each.put("outcomes", list);
            rounds.add(each);
        });
        all.put("rounds", rounds);
        JSON.writeValue(file.toFile(), all);
    }
}
