// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.junit.jupiter.api.io.TempDir;

/**
 * What older builds have stored is read, carried out and rolled back. Each folder of {@code testdata/documents} is opened; how
 * they come to be is told by {@link GoldenDocuments}.
 */
class GoldenDocumentsTest {

    /** Documents that may come about though an engine only reads: reading rejected rows and outputs is audited. */
    private static final String AUDIT = "gantry_state_audit_event ";

    @TempDir
    private Path folder;

    private Stream<DynamicTest> each(ThrowingConsumer<GoldenDump> check) throws IOException {
        return GoldenDump.all().stream().map(dump -> DynamicTest.dynamicTest(dump.name(), () -> check.accept(dump)));
    }

    private GoldenDump.Opened open(GoldenDump dump) throws IOException {
        Instant now = Instant.parse(dump.expected("now").asText());
        return dump.open(Files.createTempDirectory(folder, "golden"), now);
    }

    @Test
    void there_is_a_dump_of_each_kind_of_database() throws IOException {
        assertThat(GoldenDump.all()).extracting(GoldenDump::kind).contains("sqlite", "postgresql");
    }

    @TestFactory
    Stream<DynamicTest> everything_is_read_as_it_was() throws IOException {
        return each(dump -> {
            try (GoldenDump.Opened opened = open(dump)) {
                JsonNode read = GoldenDump.read(opened.engine());
                assertThat(missing(dump.expected("read"), read, "")).isEmpty();
                assertThat(read.findValuesAsText("problem"))
                        .as("what is wrong with chains of audit events")
                        .containsOnly("");
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> reading_changes_nothing() throws IOException {
        return each(dump -> {
            try (GoldenDump.Opened opened = open(dump)) {
                GoldenDump.read(opened.engine());
                Map<String, JsonNode> after =
                        GoldenDump.bodies(opened.engine().store().documents());
                Map<String, String> changed = new TreeMap<>();
                opened.bodies().forEach((document, body) -> {
                    JsonNode now = after.remove(document);
                    String problem = now == null ? "is gone" : missing(body, now, "");
                    if (!problem.isEmpty()) {
                        changed.put(document, problem);
                    }
                });
                assertThat(opened.bodies()).isNotEmpty();
                assertThat(changed).isEmpty();
                assertThat(after.keySet()).allMatch(document -> document.startsWith(AUDIT));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> the_engine_goes_on_with_it() throws IOException {
        return each(dump -> {
            try (GoldenDump.Opened opened = open(dump)) {
                JsonNode told = new GoldenSequel(opened.engine(), Map.of()).tell();
                assertThat(missing(dump.expected("then"), told, "")).isEmpty();
                assertThat(GoldenDump.read(opened.engine()).findValuesAsText("problem"))
                        .as("what is old and what is new is read together")
                        .hasSameSizeAs(GoldenEngine.TENANTS)
                        .containsOnly("");
            }
        });
    }

    @Test
    @EnabledIfSystemProperty(named = "gantry.golden", matches = ".+", disabledReason = "only writes a new dump")
    void writes_a_new_dump() throws IOException {
        GoldenDocuments.write(System.getProperty("gantry.golden", ""), folder);
    }

    /**
     * Where something that is expected is not there, or is different; else nothing. Objects may have more in them: later
     * versions say more.
     */
    private static String missing(JsonNode expected, JsonNode found, String path) {
        if (expected.isNull()) {
            return found.isNull() || found.isMissingNode() ? "" : path + ": " + found + ", not null";
        }
        if (expected.isObject() && found.isObject()) {
            StringBuilder problems = new StringBuilder();
            expected.properties()
                    .forEach(field -> append(
                            problems,
                            missing(field.getValue(), found.path(field.getKey()), path + "/" + field.getKey())));
            return problems.toString();
        }
        if (expected.isArray() && found.isArray() && expected.size() == found.size()) {
            StringBuilder problems = new StringBuilder();
            for (int i = 0; i < expected.size(); i++) {
                append(problems, missing(expected.get(i), found.get(i), path + "/" + i));
            }
            return problems.toString();
        }
        boolean equal = expected.isNumber() && found.isNumber()
                ? expected.decimalValue().compareTo(found.decimalValue()) == 0
                : expected.equals(found);
        return equal ? "" : path + ": " + found + ", not " + expected;
    }

    private static void append(StringBuilder problems, String more) {
        problems.append(problems.length() > 0 && !more.isEmpty() ? "\n" : "").append(more);
    }
}
