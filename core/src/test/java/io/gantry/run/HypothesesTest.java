// SPDX-License-Identifier: Apache-2.0
package io.gantry.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.mapping.DriftPolicy;
import io.gantry.mapping.DriftPolicy.Reaction;
import io.gantry.mapping.ErrorPolicy;
import io.gantry.mapping.ImportMapping;
import io.gantry.mapping.LoadRule;
import io.gantry.mapping.MappingProposal;
import io.gantry.spi.dataset.Duplicates;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.validation.Hypothesis;
import io.gantry.validation.IssueSummary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What reports propose about bad cells, and what they must not propose. */
class HypothesesTest {

    private final ValueImports imports = new ValueImports();

    @AfterEach
    void close() {
        imports.close();
    }

    private List<Hypothesis> hypotheses(String field, String... texts) {
        Run run =
                imports.run(ValueImports.mapping(field, mapping -> mapping), ValueImports.file(field, List.of(texts)));
        return run.report().issues().stream()
                .flatMap(issue -> issue.hypotheses().stream())
                .toList();
    }

    @Test
    void what_is_there_already_is_not_explained_by_the_way_numbers_are_written() {
        ImportMapping insert = ImportMapping.of(
                mapping -> mapping.columns("id", "text").skipInvalidRows().insert());
        imports.run(insert, "id,text\n1,a\n2,b\n");
        Run again = imports.run(insert, "id,text\n1,a\n2,b\n3,c\n3,c\n4,d\n4,d\n");
        assertThat(again.report().issues())
                .extracting(IssueSummary::code)
                .containsExactlyInAnyOrder("ALREADY_EXISTS", "DUPLICATE_KEY");
        assertThat(again.report().issues())
                .allSatisfy(issue -> assertThat(issue.hypotheses()).isEmpty());
    }

    @Test
    void a_value_that_is_looked_up_elsewhere_is_not_explained() {
        ImportMapping mapping = ImportMapping.of(builder -> builder.columns("id", "text")
                .reference("text", "cells", "id")
                .skipInvalidRows()
                .insert());
        Run run = imports.run(mapping, "id,text\n1, x\n2, y\n");
        assertThat(run.report().issues()).extracting(IssueSummary::code).containsOnly("REFERENCE_NOT_FOUND");
        assertThat(run.report().issues().get(0).hypotheses()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    250.00-  | 12.50-    | trailing
                    (99.50)  | (1.00)    | parentheses
                    \u2212250 | \u22121.5 | minus_sign
                    """)
    void a_sign_is_read_and_never_dropped(String first, String second, String way) {
        assertThat(hypotheses("amount", first, second)).first().satisfies(hypothesis -> {
            assertThat(hypothesis.patch()).isEqualTo(Map.of("negative", List.of("leading", way)));
            assertThat(hypothesis.hits()).isEqualTo(2);
        });
    }

    @Test
    void which_side_of_an_account_is_negative_is_asked_and_not_guessed() {
        assertThat(hypotheses("amount", "CR 20.00", "DR 10.00"))
                .extracting(hypothesis -> hypothesis.patch().get("negative"))
                .containsExactly(List.of("leading", "credit"), List.of("leading", "debit"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5k",
                "1.5 M",
                "3 Mio. €",
                "20 T€",
                "50¢",
                "±5",
                "<5",
                "~5",
                "5^2",
                "No. 5",
                "3/4",
                "5 x 3",
                "ca. 5",
                "5.-",
                "CHF 5,-"
            })
    void words_and_signs_that_change_a_number_are_not_dropped(String text) {
        assertThat(hypotheses("amount", text, text.replace('5', '6').replace('3', '8')))
                .isEmpty();
    }

    @Test
    void of_two_currencies_none_is_dropped() {
        assertThat(hypotheses("amount", "5 €", "5 $")).isEmpty();
        assertThat(hypotheses("amount", "5 €", "6 €"))
                .singleElement()
                .satisfies(hypothesis -> assertThat(hypothesis.patch()).isEqualTo(Map.of("ignore", List.of("€"))));
    }

    @Test
    void a_percent_is_a_hundredth() {
        assertThat(hypotheses("amount", "15%", "7 %"))
                .singleElement()
                .satisfies(hypothesis -> assertThat(hypothesis.patch()).isEqualTo(Map.of("percent", true)));
        assertThat(hypotheses("whole", "15%", "7 %")).isEmpty();
    }

    @Test
    void no_century_is_guessed() {
        assertThat(hypotheses("day", "4/23/54", "15.06.91", "1/2/30")).isEmpty();
        Run run = imports.run(
                ValueImports.mapping("day", mapping -> mapping),
                ValueImports.file("day", List.of("4/23/54", "1/2/30")));
        assertThat(run.report().issues())
                .singleElement()
                .satisfies(issue -> assertThat(issue.message())
                        .isEqualTo(
                                "has a year of two digits (give a format such as d.M.uu, and a pivot: the latest year that it"
                                        + " may mean)"));
    }

    @Test
    void both_readings_of_an_ambiguous_date_are_told() {
        assertThat(hypotheses("day", "01/02/2024", "12/11/2024"))
                .extracting(Hypothesis::text)
                .containsExactly("read with format dd/MM/uuuu", "read with format MM/dd/uuuu");
    }

    @Test
    void a_reading_that_changes_a_good_cell_is_none() {
        // 1.234 is good as it is: by the German notation it would become a thousand times as much
        assertThat(hypotheses("amount", "1.234", "1.234,50", "2.500,00", "7,25"))
                .isEmpty();
        assertThat(hypotheses("amount", "17", "1.234,50", "2.500,00", "7,25")).isNotEmpty();
    }

    @Test
    void a_value_outside_its_bounds_is_not_made_another_number() {
        Run run = imports.run(
                ValueImports.mapping("amount", mapping -> mapping.min("100")),
                ValueImports.file("amount", List.of("1.234", "2.345")));
        assertThat(run.report().issues()).singleElement().satisfies(issue -> {
            assertThat(issue.code()).isEqualTo("TOO_SMALL");
            assertThat(issue.hypotheses()).isEmpty();
        });
        Run list = imports.run(
                ValueImports.mapping("amount", mapping -> mapping.oneOf("1234")),
                ValueImports.file("amount", List.of("1.234", "1.234")));
        assertThat(list.report().issues().get(0).hypotheses()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"WAHR, FALSCH", "Vrai, Faux", "sí, NO", "on, off", "Ja, Nein", "evet, hayır", "да, нет", "-1, 0", "x, -"
    })
    void the_words_for_true_and_false_are_known(String yes, String no) {
        List<Hypothesis> found = hypotheses("flag", yes, yes, no);
        assertThat(found).isNotEmpty();
        Map<?, ?> values = (Map<?, ?>) found.get(0).patch().get("values");
        assertThat(values.get(yes)).isEqualTo("true");
    }

    @Test
    void words_with_opposite_meanings_are_not_taken_for_misspellings() {
        Run run = imports.run(
                ValueImports.mapping("text", mapping -> mapping.oneOf("active", "closed", "pending review")),
                ValueImports.file("text", List.of("inactive", "inactive", "unclosed")));
        assertThat(run.report().issues().get(0).hypotheses()).isEmpty();
        Run slips = imports.run(
                ValueImports.mapping("text", mapping -> mapping.oneOf("active", "closed", "pending review")),
                ValueImports.file("text", List.of("actve", "pending_review", "pendng review", "ACTIVE")));
        assertThat(slips.report().issues().get(0).hypotheses())
                .anySatisfy(hypothesis -> assertThat(hypothesis.text())
                        .contains("'pending_review' as 'pending review', 'pendng review' as 'pending review'"));
    }

    @Test
    void a_dash_in_an_account_can_be_nothing_or_zero() {
        assertThat(hypotheses("amount", "-", "-", "5"))
                .extracting(Hypothesis::text)
                .containsExactly("read '-' as no value", "read '-' as 0");
    }

    @Test
    void a_check_of_the_dataset_is_part_of_the_proof() {
        try (io.gantry.Gantry gantry = io.gantry.Gantry.builder()
                .dataset(io.gantry.local.Datasets.of(Debt.class)
                        .named("debts")
                        .key("id")
                        .inMemory())
                .build()) {
            io.gantry.Workspace bank = gantry.workspace(io.gantry.Principal.owner("acme", "ada"));
            bank.pipelines()
                    .createActive(io.gantry.pipeline.NewPipeline.importing(
                            "debts",
                            "debts",
                            io.gantry.pipeline.FileFormat.csv(),
                            mapping -> mapping.columns("id", "owed").skipInvalidRows()));
            Run run = bank.runs()
                    .submit(RunRequest.ofStored(
                            "debts",
                            bank.store(
                                            "debts.csv",
                                            new java.io.ByteArrayInputStream("id,owed\n1,5-\n2,6-\n3,7\n"
                                                    .getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                                    .ref()))
                    .await();
            // read with its sign, the dataset would refuse each of them
            assertThat(run.report().issues())
                    .singleElement()
                    .satisfies(issue -> assertThat(issue.hypotheses()).isEmpty());
        }
    }

    record Debt(
            String id,
            @jakarta.validation.constraints.PositiveOrZero java.math.BigDecimal owed) {}

    private Run adapting(String field, String... texts) {
        ImportMapping mapping = ImportMapping.of(builder -> builder.column("id")
                .column(field)
                .skipInvalidRows()
                .replace()
                .drift(new DriftPolicy(Reaction.WARN, Reaction.FAIL, Reaction.FAIL, Reaction.ADAPT, Reaction.WARN)));
        return imports.run(mapping, ValueImports.file(field, List.of(texts)));
    }

    @Test
    void drift_is_adapted_to_when_there_is_one_way_to_read_the_cells() {
        assertThat(adapting("day", "25.12.2001", "31.01.2002").counts().inserted())
                .isEqualTo(2);
        assertThat(adapting("amount", "12,5", "7,25").counts().rejected()).isZero();
        assertThat(imports.cells.records().get(0).amount()).isEqualByComparingTo("12.5");
        assertThat(adapting("amount", "(12.5)", "(7.25)").counts().rejected()).isZero();
        assertThat(imports.cells.records().get(0).amount()).isEqualByComparingTo("-12.5");
    }

    @Test
    void drift_is_not_adapted_to_when_it_would_take_a_guess() {
        assertThat(adapting("day", "4/23/54", "1/2/30").counts().rejected()).isEqualTo(2);
        assertThat(adapting("day", "01/02/2024", "03/04/2024").counts().rejected())
                .isEqualTo(2);
        assertThat(adapting("whole", "1,234", "2,345").counts().rejected()).isZero(); // only thousands are whole
        assertThat(adapting("amount", "1,234", "2,345").counts().rejected()).isEqualTo(2);
        assertThat(adapting("amount", "5 CR", "6 DR").counts().rejected()).isEqualTo(2);
        assertThat(adapting("amount", "-", "-", "5").counts().rejected()).isEqualTo(2);
    }

    /** Columns as people write them: what a number may look like, drawn at random. */
    private static String number(Random random, int style) {
        long cents = random.nextInt(10) == 0 ? random.nextInt(100) : random.nextInt(400_000_000);
        boolean negative = random.nextInt(3) == 0;
        Locale locale = style % 2 == 0 ? Locale.US : Locale.GERMANY;
        String digits = random.nextInt(3) == 0
                ? String.format(locale, "%,d", cents / 100)
                : String.format(locale, random.nextBoolean() ? "%,.2f" : "%.2f", cents / 100.0);
        String[] negatives = {"-%s", "%s-", "(%s)", "\u2212%s", "%s CR", "%s DR", "CR %s"};
        String[] around = {"%s", "%s €", "$%s", "%s%%", "%sk", "%s USD", "%s\u00a0", "~%s"};
        String text = negative ? String.format(negatives[(style / 2) % negatives.length], digits) : digits;
        return String.format(around[(style / 14) % around.length], text);
    }

    private static String date(Random random, int style) {
        int day = 1 + random.nextInt(style % 3 == 0 ? 12 : 28);
        int month = 1 + random.nextInt(12);
        int year = 1930 + random.nextInt(100);
        String[] formats = {
            "%1$02d/%2$02d/%3$d",
            "%2$02d/%1$02d/%3$d",
            "%1$d.%2$d.%3$d",
            "%3$d-%2$02d-%1$02d",
            "%1$02d.%2$02d.%4$02d",
            "%2$d/%1$d/%4$02d",
            "%3$d%2$02d%1$02d"
        };
        return String.format(formats[style % formats.length], day, month, year, year % 100);
    }

    @Test
    void to_accept_a_hypothesis_does_what_it_promises_and_leaves_sign_magnitude_and_century_alone() {
        long seed = Long.getLong("gantry.seed", 20_240_229L);
        for (int world = 0; world < 60; world++) {
            Random random = new Random(seed + world);
            boolean dates = world % 3 == 2;
            String field = dates ? "day" : world % 2 == 0 ? "amount" : "whole";
            int style = random.nextInt(112);
            int other = random.nextInt(4) == 0 ? random.nextInt(112) : style;
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                int now = random.nextInt(5) == 0 ? other : style;
                texts.add(random.nextInt(12) == 0 ? "-" : dates ? date(random, now) : number(random, now));
            }
            accept("world " + (seed + world) + ": ", field, texts);
            acceptProposal("world " + (seed + world) + ": ", field, texts);
        }
    }

    private void accept(String world, String field, List<String> texts) {
        ImportMapping mapping = ValueImports.mapping(field, each -> each);
        String csv = ValueImports.file(field, texts);
        Run run = imports.run(mapping, csv);
        Map<Integer, String> rejected = ValueImports.rejected(run);
        Map<String, Object> before = values(field, rejected);
        for (IssueSummary issue : run.report().issues()) {
            for (Hypothesis hypothesis : issue.hypotheses()) {
                Run mended = imports.run(mapping.patched(field, hypothesis.patch()), csv);
                Map<Integer, String> still = ValueImports.rejected(mended);
                Map<String, Object> after = values(field, still);
                long hits = rejected.entrySet().stream()
                        .filter(row -> row.getValue().equals(issue.code()) && !still.containsKey(row.getKey()))
                        .count();
                String words = world + field + " " + hypothesis.text() + " " + texts;
                assertThat(hypothesis.tested()).as(words).isEqualTo((int) issue.count());
                assertThat(hits).as(words).isEqualTo(hypothesis.hits());
                before.forEach((id, value) -> assertThat(same(value, after.get(id)))
                        .as(words + " " + id)
                        .isTrue());
                after.forEach((id, value) -> meant(words, texts.get(Integer.parseInt(id) - 1), value));
            }
        }
    }

    private void acceptProposal(String world, String field, List<String> texts) {
        String csv = ValueImports.file(field, texts);
        MappingProposal proposal = imports.propose(csv);
        String words = world + field + " " + proposal.matches() + proposal.questions() + " " + texts;
        List<Map<String, Object>> choices = new ArrayList<>(List.of(Map.of()));
        proposal.questions().forEach(question -> question.choices().forEach(choice -> choices.add(choice.patch())));
        for (Map<String, Object> choice : choices) {
            ImportMapping decided = proposal.mapping().patched(field, choice);
            Run run = imports.run(
                    new ImportMapping(
                            decided.columns(),
                            new LoadRule(LoadMode.REPLACE, List.of(), Duplicates.KEEP_FIRST, List.of(), List.of()),
                            ErrorPolicy.SKIP_ROWS,
                            DriftPolicy.DEFAULT),
                    csv);
            Map<Integer, String> rejected = ValueImports.rejected(run);
            values(field, rejected)
                    .forEach((id, value) -> meant(words + choice, texts.get(Integer.parseInt(id) - 1), value));
            if (choice.isEmpty()) {
                double readable = proposal.matches().stream()
                        .filter(match -> match.field().equals(field))
                        .findFirst()
                        .orElseThrow()
                        .readable();
                assertThat(texts.size() - rejected.size()).as(words).isEqualTo((int)
                        Math.round(readable * texts.size()));
            }
        }
    }

    private static boolean same(Object left, Object right) {
        return left instanceof java.math.BigDecimal one && right instanceof java.math.BigDecimal other
                ? one.compareTo(other) == 0
                : Objects.equals(left, right);
    }

    private Map<String, Object> values(String field, Map<Integer, String> rejected) {
        Map<String, Object> values = new HashMap<>();
        imports.cells.records().forEach(cell -> {
            Object value = field.equals("day") ? cell.day() : field.equals("amount") ? cell.amount() : cell.whole();
            if (value != null && !rejected.containsKey(Integer.parseInt(cell.id()) + 1)) {
                values.put(cell.id(), value);
            }
        });
        return values;
    }

    /** What a value must have in common with the text that it was read from, whatever the reading. */
    private static void meant(String words, String text, Object value) {
        if (value instanceof java.time.LocalDate day) {
            assertThat(text).as(words).contains(String.valueOf(day.getYear()));
            return;
        }
        java.math.BigDecimal number = new java.math.BigDecimal(value.toString());
        boolean sided = text.contains("CR") || text.contains("DR");
        boolean minus = text.contains("-") || text.contains("(") || text.contains("\u2212");
        if (!sided && !text.equals("-")) {
            assertThat(number.signum() < 0).as(words + " " + text).isEqualTo(minus && number.signum() != 0);
        }
        assertThat(text).as(words).doesNotContain("k").doesNotContain("~");
        java.math.BigDecimal written = text.contains("%") ? number.movePointRight(2) : number;
        // the digits of the text are those of the value
        String digits = text.replaceAll("\\D", "").replaceFirst("^0+", "").replaceFirst("0+$", "");
        String read =
                written.abs().stripTrailingZeros().unscaledValue().toString().replaceFirst("0+$", "");
        assertThat(read.equals("0") ? "" : read).as(words + " " + text).isEqualTo(digits);
    }
}
