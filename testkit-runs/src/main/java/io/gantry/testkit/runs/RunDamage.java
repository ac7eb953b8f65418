// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.run.Run;
import io.gantry.run.RunStatus;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.validation.Counts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** That of a damaged file either nothing is loaded or exactly the rows that were not rejected, and that it can be undone. */
interface RunDamage {

    /** What a file can be refused for. */
    Set<String> REFUSALS = Set.of(
            "FILE_UNREADABLE",
            "WRONG_FORMAT",
            "QUOTE_UNCLOSED",
            "ENCODING_CONTRADICTED",
            "DUPLICATE_HEADER",
            "LIMIT_EXCEEDED",
            "HEADER_MISSING",
            "SCHEMA_DRIFT",
            "TOO_MANY_REJECTED");

    @TestFactory
    default Stream<DynamicTest> of_a_damaged_file_nothing_is_loaded_or_what_was_not_rejected() {
        return Worlds.each(this, RunDamage::check);
    }

    private static void check(World world) throws Exception {
        MemoryFile whole = world.file().content();
        Damage damage = new Damage(world.random());
        MemoryFile file = new MemoryFile(
                whole.name(), world.rules().sheet() ? damage.packed(whole.bytes()) : damage.text(whole.bytes()));
        Run run = world.run(World.LOAD, file);
        Counts counts = run.counts();
        if (run.status() == RunStatus.FAILED) {
            assertThat(run.error().map(error -> error.code()))
                    .as("%s", run.error())
                    .hasValueSatisfying(code -> assertThat(code).isIn(REFUSALS));
            assertThat(counts.loaded() + counts.unchanged() + counts.deleted()).isZero();
            world.checkContent(world.model(), "after the run failed");
        } else {
            checkLoaded(world, file, run);
        }
        run.rollBack(RunRollbacks.WRONG_FILE);
        world.checkContent(world.model(), "after the rollback");

        Run again = world.run(World.LOAD, file);
        assertThat(again.error()).isEqualTo(run.error());
        assertThat(again.status()).isEqualTo(run.status());
        again.rollBack(RunRollbacks.WRONG_FILE);
        world.checkContent(world.model(), "after the second rollback");
    }

    private static void checkLoaded(World world, MemoryFile file, Run run) throws IOException {
        Format format = SampleFile.format(world).with(run.report().detected());
        List<List<String>> records = format.read(file);
        List<String> header = records.get(0);
        assertThat(run.counts().read()).isEqualTo(records.size() - 1L);
        Set<Integer> rejected = new HashSet<>();
        if (run.rejects().isPresent()) {
            format.read(run.rejects().get()).stream()
                    .skip(1)
                    .forEach(record -> rejected.add(Integer.valueOf(record.get(0)) - 1));
        }
        assertThat(run.counts().rejected()).isEqualTo(rejected.size());

        Map<String, List<@Nullable Object>> content = world.content();
        Map<String, List<@Nullable Object>> before = world.model().copy().rows();
        RunModel.Loaded loaded = world.model().load(world.place().mode(), accepted(world, header, records, rejected));
        assertThat(loaded.rejected())
                .as("rows that the model would reject: %s", loaded.codes())
                .isZero();
        for (RunModel.Change change : loaded.changes()) {
            if (change.row() >= 0) {
                assertThat(content.remove(change.id()))
                        .as("row %s", change.id())
                        .isEqualTo(change.after());
                before.remove(change.id());
            }
        }
        // what is left is as it was, or was deleted because the file does not name it
        content.forEach((id, row) -> assertThat(row).isEqualTo(before.get(id)));
        assertThat(run.counts().deleted()).isEqualTo(before.size() - content.size());
        if (world.place().mode() != LoadMode.REPLACE) {
            assertThat(run.counts().deleted()).isZero();
        }
    }

    private static List<FileRow> accepted(
            World world, List<String> header, List<List<String>> records, Set<Integer> rejected) {
        List<FileRow> rows = new ArrayList<>();
        for (int i = 1; i < records.size(); i++) {
            if (!rejected.contains(i)) {
                List<String> record = records.get(i);
                assertThat(record.stream().skip(header.size()).allMatch(String::isBlank))
                        .isTrue();
                assertThat(String.join("", record)).doesNotContain("\0", "\uFFFD");
                List<String> cells = new ArrayList<>();
                for (String field : world.rules().fields()) {
                    int place = column(header, field);
                    assertThat(place).as("column %s of %s", field, header).isNotNegative();
                    String cell = place < record.size() ? record.get(place) : "";
                    cells.add(world.rules().sheet() ? cell : unguarded(cell));
                }
                rows.add(FileRow.good(cells));
            }
        }
        return rows;
    }

    /** A text as it was before it was guarded against being taken for a formula: damage may make it look so. */
    private static String unguarded(String cell) {
        boolean guarded = cell.matches("(?s)'+[=@\t\r].*|''+[+-].*|'[+-](?!(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?$).*");
        return guarded ? cell.substring(1) : cell;
    }

    /** Where a column is: damage in a name that leaves its letters is overlooked. */
    private static int column(List<String> header, String field) {
        int place = header.indexOf(field);
        for (int i = 0; place < 0 && i < header.size(); i++) {
            if (header.get(i).toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "").equals(field)) {
                return i;
            }
        }
        return place;
    }
}
