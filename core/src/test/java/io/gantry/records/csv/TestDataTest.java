// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every delimited file of the test data holds what its manifest says. */
class TestDataTest {

    static Stream<Manifest.Entry> entries() throws IOException {
        return Manifest.entries();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void a_file_has_the_records_its_manifest_says(Manifest.Entry entry) throws IOException {
        List<List<String>> records = Found.cells(entry.file(), entry.options());
        JsonNode expected = entry.expected();
        assertThat(records).hasSize(expected.get("rows").asInt());
        assertThat(records.stream().mapToInt(List::size).max())
                .hasValue(expected.get("columns").asInt());
        assertThat(records.get(0)).isEqualTo(texts(expected.get("header")));
        assertThat(Manifest.canonicalSha256(records))
                .isEqualTo(expected.get("canonical_sha256").asText());
    }

    @ParameterizedTest
    @MethodSource("entries")
    void the_facts_of_the_manifest_hold(Manifest.Entry entry) throws IOException {
        JsonNode facts = entry.expected().path("facts");
        List<List<String>> records = Found.cells(entry.file(), entry.options());
        List<String> header = records.get(0);
        Predicate<List<String>> ragged = record -> record.size() != header.size();
        if (facts.has("ragged_rows")) {
            holds(facts.get("ragged_rows"), "count", "first", matching(records, ragged));
        }
        for (JsonNode key : facts.path("keys")) {
            int[] places = places(header, texts(key.get("columns")));
            Predicate<List<String>> blank = record -> values(record, places).contains("");
            Set<List<String>> seen = new HashSet<>();
            holds(
                    key,
                    "blank_rows",
                    "first_blanks",
                    matching(records, ragged.negate().and(blank)));
            holds(
                    key,
                    "duplicate_rows",
                    "first_duplicates",
                    matching(records, ragged.or(blank).negate().and(record -> !seen.add(values(record, places)))));
            assertThat(seen).hasSize(key.get("distinct").asInt());
        }
        for (JsonNode required : facts.path("required")) {
            int place = header.indexOf(required.get("column").asText());
            holds(
                    required,
                    "blank_rows",
                    "first_blanks",
                    matching(
                            records,
                            ragged.negate().and(record -> record.get(place).isEmpty())));
        }
        for (JsonNode pattern : facts.path("pattern")) {
            int place = header.indexOf(pattern.get("column").asText());
            Pattern right = Pattern.compile(pattern.get("pattern").asText());
            Predicate<List<String>> bad = record -> !record.get(place).isEmpty()
                    && !right.matcher(record.get(place)).matches();
            holds(
                    pattern,
                    "bad_rows",
                    "first_bad",
                    matching(records, ragged.negate().and(bad)));
        }
    }

    private static void holds(JsonNode fact, String count, String first, List<Integer> numbers) {
        List<Integer> expected = new ArrayList<>();
        fact.get(first).forEach(number -> expected.add(number.asInt()));
        assertThat(numbers).as(fact.toString()).hasSize(fact.get(count).asInt());
        assertThat(numbers.stream().limit(20).toList()).isEqualTo(expected);
    }

    /** The numbers of the records behind the header that match. */
    private static List<Integer> matching(List<List<String>> records, Predicate<List<String>> predicate) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 1; i < records.size(); i++) {
            if (predicate.test(records.get(i))) {
                numbers.add(i + 1);
            }
        }
        return numbers;
    }

    private static int[] places(List<String> header, List<String> names) {
        return names.stream().mapToInt(header::indexOf).toArray();
    }

    private static List<String> values(List<String> record, int[] places) {
        List<String> values = new ArrayList<>();
        for (int place : places) {
            values.add(record.get(place));
        }
        return values;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
