// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.gantry.Gantry;
import io.gantry.GantryException;
import io.gantry.Principal;
import io.gantry.local.Datasets;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.NewPipeline;
import io.gantry.spi.dataset.Duplicates;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.FieldType;
import io.gantry.spi.schema.Schema;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MappingDefinitionTest {

    private static final Schema SCHEMA = Schema.of(
                    Field.of("id", FieldType.INTEGER).required(),
                    Field.of("email", FieldType.STRING).length(100),
                    Field.of("born", FieldType.DATE),
                    Field.of("fee", FieldType.DECIMAL).decimal(8, 2),
                    Field.of("seen", FieldType.TIMESTAMP),
                    Field.of("course", FieldType.STRING))
            .key("id");

    private static List<String> faults(String columns, String rest) {
        return faults("{\"columns\": [" + columns + "]" + (rest.isEmpty() ? "" : ", " + rest) + "}");
    }

    /** What is said of a mapping for the schema, in the order it is said. */
    private static List<String> faults(String json) {
        try (Gantry gantry = Gantry.builder()
                .dataset(Datasets.inMemory("people", SCHEMA))
                .dataset(Datasets.inMemory(
                        "courses",
                        Schema.of(Field.of("code", FieldType.INTEGER)).key("code")))
                .build()) {
            gantry.workspace(Principal.owner("acme", "ada"))
                    .pipelines()
                    .create(NewPipeline.importing(
                            "people", "people", FileFormat.csv(), MappingDefinition.importFromJson(json)));
            return List.of();
        } catch (GantryException e) {
            assertThat(e.code()).isEqualTo("INVALID_DEFINITION");
            Object faults = e.details().get("faults");
            return faults == null
                    ? List.of(String.valueOf(e.getMessage()))
                    : ((List<?>) faults).stream().map(Object::toString).toList();
        }
    }

    @Test
    void a_mapping_says_in_json_all_that_it_says_in_java() {
        ImportMapping mapping = ImportMapping.of(builder -> builder.column("No")
                .alias("Number", "#")
                .to("id")
                .min("1")
                .max("100")
                .column("E-mail")
                .to("email")
                .trim()
                .lowerCase()
                .nullTokens("-", "n/a")
                .defaultValue("nobody@example.org")
                .length(3, 80)
                .pattern(".+@.+")
                .email()
                .position(3)
                .to("born")
                .format("dd/MM/uuuu", "d MMM uuuu")
                .locale(Locale.UK)
                .required()
                .column("Fee")
                .to("fee")
                .locale(Locale.GERMANY)
                .ignore("€")
                .negative(Reading.Negative.TRAILING, Reading.Negative.CREDIT)
                .percent()
                .column("Seen")
                .to("seen")
                .zone(ZoneId.of("Europe/London"))
                .pivot(2030)
                .clockChange(Reading.ClockChange.LATER)
                .template("{A} {B}")
                .to("course")
                .value("x", "y")
                .unmapped(Reading.Unmapped.KEEP)
                .oneOf("y", "z")
                .constant("7")
                .to("kind")
                .upsert("id")
                .duplicates(Duplicates.REJECT_ALL)
                .unique("email", "born")
                .reference("course", "courses", "code")
                .errors(new ErrorPolicy(10, 2.5))
                .drift(new DriftPolicy(
                        DriftPolicy.Reaction.FAIL,
                        DriftPolicy.Reaction.WARN,
                        DriftPolicy.Reaction.ADAPT,
                        DriftPolicy.Reaction.WARN,
                        DriftPolicy.Reaction.FAIL)));
        assertThat(MappingDefinition.importFromJson(mapping.toJson())).isEqualTo(mapping);
        assertThat(MappingDefinition.importFromJson(mapping.toJson()).toJson()).isEqualTo(mapping.toJson());
    }

    @Test
    void an_export_says_in_json_all_that_it_says_in_java() {
        ExportMapping mapping = ExportMapping.of("id", "email")
                .column("born", "Date of birth")
                .where("id", ExportMapping.Test.GREATER_OR_EQUAL, "5")
                .where("email", ExportMapping.Test.ONE_OF, "a", "b")
                .where("born", ExportMapping.Test.PRESENT);
        assertThat(MappingDefinition.exportFromJson(mapping.toJson())).isEqualTo(mapping);
    }

    @Test
    void everything_that_is_wrong_is_told_at_once() {
        assertThat(faults("""
                        {"columns": [
                            {"from": "No", "to": "idd"},
                            {"from": "Born", "to": "born", "formats": ["dd/mm/uuuu"], "min": "2020-01-01", "max": "2019-01-01"},
                            {"from": "Mail", "to": "email", "minLength": 9, "maxLength": 3, "pattern": "(a"},
                            {"from": "Fee", "to": "fee", "pattern": "x", "zone": "Europe/London", "default": "free"}],
                         "load": {"mode": "upsert", "key": ["id"], "uniques": [["nothing"]]}}
                        """))
                .containsExactly(
                        "columns[0].to: There is no field 'idd'; known are: id, email, born, fee, seen, course; did you mean 'id'?",
                        "columns[1].formats[0]: 'dd/mm/uuuu' does not give year, month and day, as in dd/MM/uuuu",
                        "columns[1].max: '2019-01-01' is below min, '2020-01-01'",
                        "columns[2].maxLength: 3 is below minLength, 9",
                        "columns[2].pattern: is no regular expression: Unclosed group",
                        "columns[3].pattern: goes with texts; 'fee' is DECIMAL",
                        "columns[3].zone: goes with timestamps; 'fee' is DECIMAL",
                        "columns[3].default: 'free' is not a decimal number",
                        "columns: Field 'id' is part of the key, and nothing is mapped to it",
                        "load.uniques[0][0]: There is no field 'nothing'; known are: id, email, born, fee, seen, course");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"from": "No", "too": "id"}                        | columns[0].too: There is no property 'too'
                    {"from": "No", "position": 2, "to": "id"}          | contradicts 'from': a field has one source
                    {"to": "id", "aliases": ["x"]}                     | columns[0].aliases: are other names of 'from'
                    {"from": "No", "to": "id", "trim": null}           | columns[0].trim: must not be null; leave it out
                    {"from": 5, "to": "id"}                            | columns[0].from: must be a text
                    {"from": " ", "to": "id"}                          | columns[0].from: must not be blank
                    {"from": "No", "to": "id", "pivot": 30}            | columns[0].pivot: must be from 1000 to 9999
                    {"from": "No", "to": "id", "negative": ["behind"]} | known are: leading, trailing, parentheses
                    {"from": "No", "to": "id", "negative": []}         | columns[0].negative: must not be empty
                    {"from": "No", "to": "id", "clockChange": "both"}  | known are: reject, earlier, later
                    {"from": "No", "to": "id", "trim": "yes"}          | columns[0].trim: must be true or false
                    {"from": "No", "to": "id", "minLength": 1.5}       | columns[0].minLength: must be a whole number
                    {"from": "No", "to": "id", "formats": "x"}         | columns[0].formats: must be a list of texts
                    {"from": "No", "to": "id", "case": "title"}        | known are: keep, lower, upper
                    {"from": "No", "to": "id", "locale": "klingon!"}   | is not a language tag such as de-DE
                    {"from": "No", "to": "id", "zone": "Europe/Lodnon"} | did you mean 'Europe/London'?
                    {"template": "{A", "to": "id"}                     | the brace at 1 is never closed
                    {"template": "no column", "to": "id"}              | names no column in braces
                    {"position": 0, "to": "id"}                        | must be greater than 0
                    {"from": "No", "to": "id", "oneOf": ["one"]}       | columns[0].oneOf[0]: 'one' is no INTEGER
                    {"constant": "seven", "to": "id"}                  | columns[0].constant: 'seven' is not a whole number
                    {"from": "No", "to": "id"}, {"from": "N", "to": "id"} | Field 'id' is filled by columns[0] already
                    """)
    void a_wrong_column_is_refused(String columns, String message) {
        assertThat(faults(columns, "")).anySatisfy(fault -> assertThat(fault).contains(message));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "load": {"mode": "merge"}                                   | There is no choice 'merge'
                    "load": {"references": [{"fields": ["course"], "dataset": "curses", "targets": ["code"]}]} | There is no dataset 'curses'
                    "load": {"references": [{"fields": ["id"], "dataset": "courses", "targets": ["name"]}]} | There is no field 'name'; known are: code
                    "errors": {"policy": "threshold"}                           | must say how much a threshold allows
                    "errors": {"policy": "skip_rows", "maxRows": 5}             | goes with the policy 'threshold' only
                    "errors": {"policy": "threshold", "maxPercent": 101}        | must be from 0 to 100
                    "drift": {"renamed": "guess"}                               | known are: fail, reject_row, warn, adapt
                    "drift": {"changed": "reject_row"}                          | drift.changed: concerns the file, not single rows
                    "colour": "red"                                             | There is no property 'colour'
                    """)
    void a_wrong_rule_is_refused(String rest, String message) {
        assertThat(faults("{\"from\": \"No\", \"to\": \"id\"}, {\"from\": \"Course\", \"to\": \"course\"}", rest))
                .anySatisfy(fault -> assertThat(fault).contains(message));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{\"columns\": [}", "{\"columns\": [], \"columns\": []}", "{} {}", "NaN"})
    void what_is_no_json_object_is_refused(String json) {
        assertThatThrownBy(() -> MappingDefinition.importFromJson(json))
                .asInstanceOf(type(GantryException.class))
                .extracting(GantryException::code)
                .isEqualTo("INVALID_DEFINITION");
    }

    @Test
    void json_that_is_nested_without_end_is_refused() {
        String json = "{\"columns\": " + "[".repeat(100_000);
        assertThatThrownBy(() -> MappingDefinition.importFromJson(json)).isInstanceOf(GantryException.class);
    }

    @Test
    void a_patch_changes_one_column_and_nothing_else() {
        ImportMapping mapping =
                ImportMapping.of(builder -> builder.columns("id", "born").upsert());
        ImportMapping patched = mapping.patched("born", Map.of("formats", List.of("dd.MM.uuuu"), "trim", true));
        assertThat(patched.columns().get(1).reading().formats()).containsExactly("dd.MM.uuuu");
        assertThat(patched.columns().get(0)).isEqualTo(mapping.columns().get(0));
        assertThat(patched.load()).isEqualTo(mapping.load());
    }
}
