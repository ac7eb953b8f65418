// SPDX-License-Identifier: Apache-2.0
package io.gantry.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.mapping.ImportMapping;
import io.gantry.mapping.MappingProposal;
import io.gantry.mapping.Reading;
import io.gantry.validation.Hypothesis;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Mappings that are proposed from a sample: what they choose, and what they leave to a person. */
class ProposalsTest {

    private final ValueImports imports = new ValueImports();

    @AfterEach
    void close() {
        imports.close();
    }

    private MappingProposal propose(String field, String... texts) {
        return imports.propose(ValueImports.file(field, List.of(texts)));
    }

    private static Reading reading(MappingProposal proposal) {
        return proposal.mapping().columns().get(1).reading();
    }

    @Test
    void dates_that_can_be_read_in_two_ways_are_a_question_and_not_a_choice() {
        MappingProposal proposal = propose("day", "01/02/2024", "12/11/2024");
        assertThat(reading(proposal)).isEqualTo(Reading.PLAIN);
        assertThat(proposal.questions()).singleElement().satisfies(question -> {
            assertThat(question.field()).isEqualTo("day");
            assertThat(question.text()).isEqualTo("the cells can be read in more than one way");
            assertThat(question.choices())
                    .extracting(Hypothesis::text)
                    .containsExactly("read with format dd/MM/uuuu", "read with format MM/dd/uuuu");
        });
        assertThat(proposal.matches().get(1).readable()).isZero();
        ImportMapping decided = proposal.mapping()
                .patched("day", proposal.questions().get(0).choices().get(1).patch());
        Run run = imports.run(decided, "id,day\n1,01/02/2024\n2,12/11/2024\n");
        assertThat(run.counts().inserted()).isEqualTo(2);
        assertThat(imports.cells.records().get(0).day()).isEqualTo("2024-01-02");
    }

    @Test
    void dates_that_can_be_read_in_one_way_are_chosen_with_the_evidence() {
        MappingProposal proposal = propose("day", "01/02/2024", "12/31/2024");
        assertThat(reading(proposal).formats()).containsExactly("iso", "MM/dd/uuuu");
        assertThat(proposal.questions()).isEmpty();
        assertThat(proposal.matches())
                .anySatisfy(match -> assertThat(match.note()).isEqualTo("read with format MM/dd/uuuu (2 of 2 cells)"));
    }

    @Test
    void numbers_that_can_be_read_as_they_are_may_mean_something_else_all_the_same() {
        MappingProposal proposal = propose("amount", "1.234", "25.678");
        assertThat(reading(proposal)).isEqualTo(Reading.PLAIN);
        assertThat(proposal.questions())
                .singleElement()
                .satisfies(question -> assertThat(question.choices())
                        .extracting(Hypothesis::patch)
                        .containsExactly(Map.of(), Map.of("locale", "de-DE")));
        assertThat(propose("amount", "1.234", "25.6").questions()).isEmpty();
        assertThat(propose("amount", "10", "20").questions()).isEmpty();
    }

    @Test
    void a_column_that_is_german_as_a_whole_is_read_as_german() {
        MappingProposal proposal = propose("amount", "1.234", "1.234,50", "7");
        assertThat(reading(proposal).locale()).isEqualTo(java.util.Locale.GERMANY);
        assertThat(proposal.questions()).isEmpty();
    }

    @Test
    void signs_are_read_with_the_evidence() {
        assertThat(reading(propose("amount", "250.00-", "3.00")).numbers().negative())
                .containsExactly(Reading.Negative.LEADING, Reading.Negative.TRAILING);
        assertThat(reading(propose("amount", "(99.50)", "3.00")).numbers().negative())
                .containsExactly(Reading.Negative.LEADING, Reading.Negative.PARENTHESES);
        MappingProposal sides = propose("amount", "20.00 CR", "3.00 DR");
        assertThat(reading(sides)).isEqualTo(Reading.PLAIN);
        assertThat(sides.questions().get(0).choices()).hasSize(2);
    }

    @Test
    void percents_are_read_unless_some_numbers_have_no_sign() {
        assertThat(reading(propose("amount", "15%", "7.5 %")).numbers().percent())
                .isTrue();
        MappingProposal mixed = propose("amount", "15%", "20");
        assertThat(reading(mixed)).isEqualTo(Reading.PLAIN);
        assertThat(mixed.questions().get(0).text()).startsWith("some numbers have a percent sign");
    }

    @Test
    void the_century_is_asked_for() {
        MappingProposal proposal = propose("day", "4/23/54", "1/2/30");
        assertThat(reading(proposal)).isEqualTo(Reading.PLAIN);
        assertThat(proposal.questions()).singleElement().satisfies(question -> {
            assertThat(question.text())
                    .isEqualTo("the years have two digits: give a format (M/d/uu) and 'pivot', the latest year that"
                            + " they may mean");
            assertThat(question.choices()).isEmpty();
        });
    }

    @Test
    void crosses_and_blanks_are_a_question() {
        MappingProposal proposal = imports.propose("id,flag\n1,x\n2,\n3,X\n");
        assertThat(proposal.questions())
                .singleElement()
                .satisfies(question -> assertThat(question.choices())
                        .extracting(Hypothesis::patch)
                        .containsExactly(Map.of(), Map.of("default", "false")));
        Run run = imports.run(
                proposal.mapping()
                        .patched(
                                "flag",
                                proposal.questions().get(0).choices().get(1).patch()),
                "id,flag\n1,x\n2,\n3,X\n");
        assertThat(run.report().issues()).isEmpty();
        assertThat(imports.cells.records()).extracting(ValueImports.Cell::flag).containsExactly(true, false, true);
    }

    @Test
    void words_for_true_and_false_are_read() {
        MappingProposal proposal = propose("flag", "WAHR", "FALSCH", "WAHR");
        assertThat(reading(proposal).values()).isEqualTo(Map.of("WAHR", "true", "FALSCH", "false"));
        assertThat(proposal.questions()).isEmpty();
    }

    @Test
    void texts_for_nothing_do_not_hide_how_the_others_are_written() {
        MappingProposal proposal = propose("amount", "1.234,50", "N/A", "7,25");
        assertThat(reading(proposal).nullTokens()).containsExactly("N/A");
        assertThat(reading(proposal).locale()).isEqualTo(java.util.Locale.GERMANY);
        assertThat(propose("amount", "5", "-").questions().get(0).choices())
                .extracting(Hypothesis::text)
                .containsExactly("read '-' as no value", "read '-' as 0");
    }

    @Test
    void blanks_around_texts_are_dropped_unless_keys_would_become_the_same() {
        MappingProposal proposal = imports.propose("id,text\nA1\u00a0,x \nA2,y\n");
        assertThat(proposal.mapping().columns())
                .allSatisfy(column -> assertThat(column.reading().trim()).isTrue());
        MappingProposal same = imports.propose("id,text\nA1\u00a0,x\nA1,y\n");
        assertThat(same.mapping().columns().get(0).reading()).isEqualTo(Reading.PLAIN);
        assertThat(same.questions())
                .singleElement()
                .satisfies(
                        question -> assertThat(question.text()).contains("different keys of the sample are the same"));
    }

    @Test
    void cells_that_no_reading_mends_are_told() {
        assertThat(propose("day", "soon", "2024-01-01", "later").questions())
                .singleElement()
                .satisfies(question -> assertThat(question.text())
                        .isEqualTo("2 of 3 cells of the sample cannot be read as DATE; their rows will be rejected"));
    }
}
