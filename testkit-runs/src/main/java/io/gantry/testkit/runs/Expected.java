// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.run.Run;
import io.gantry.run.RunStatus;
import io.gantry.spi.file.StoredFile;
import io.gantry.validation.Counts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a run of a file must come to.
 *
 * @param file the file
 * @param loaded what the model says
 * @param loads whether the policy lets the good rows be loaded
 */
record Expected(SampleFile file, RunModel.Loaded loaded, boolean loads) {

    static Expected of(World world, SampleFile file) {
        RunModel.Loaded loaded = world.model().load(world.place().mode(), file.rows());
        return new Expected(
                file,
                loaded,
                world.place().policy().allows(loaded.rejected(), file.rows().size()));
    }

    /** The model as it is afterwards. */
    RunModel after(World world) {
        RunModel after = world.model().copy();
        if (loads) {
            after.apply(loaded);
        }
        return after;
    }

    Counts counts() {
        long read = file.rows().size();
        long rejected = loaded.rejected();
        return loads
                ? new Counts(
                        read, loaded.inserted(), loaded.updated(), loaded.unchanged(), rejected, 0, loaded.deleted())
                : new Counts(read, 0, 0, 0, rejected, read - rejected, 0);
    }

    RunStatus status() {
        return !loads ? RunStatus.FAILED : loaded.rejected() == 0 ? RunStatus.SUCCEEDED : RunStatus.PARTIAL;
    }

    /** Indexes of the rows that are rejected. */
    List<Integer> rejected() {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < loaded.codes().size(); i++) {
            if (loaded.codes().get(i) != null) {
                places.add(i);
            }
        }
        return places;
    }

    private List<String> codes() {
        return rejected().stream()
                .map(place -> "row " + (place + 2) + " " + loaded.codes().get(place))
                .toList();
    }

    /** That a run, its report and its file of rejects say so. */
    void check(World world, Run run) throws IOException {
        assertThat(run.counts())
                .as("counts; the model rejects %s; the run says:%n%s", codes(), run.report())
                .isEqualTo(counts());
        assertThat(run.status()).as("%s", run).isEqualTo(status());
        assertThat(run.report().counts()).isEqualTo(run.counts());
        assertThat(run.error().map(error -> error.code()).orElse("")).isEqualTo(loads ? "" : "TOO_MANY_REJECTED");
        checkRejects(world, run);
    }

    /** That the file of rejects holds exactly the rejected rows, untouched, with their numbers and codes. */
    private void checkRejects(World world, Run run) throws IOException {
        assertThat(run.rejects().isPresent()).isEqualTo(loaded.rejected() > 0);
        if (loaded.rejected() == 0) {
            assertThat(run.report().issues()).isEmpty();
            return;
        }
        StoredFile rejects = run.rejects().orElseThrow();
        List<List<String>> found = SampleFile.format(world).read(rejects);
        List<List<String>> original = SampleFile.format(world).read(file.content());
        List<Integer> places = rejected();
        assertThat(found).hasSize(places.size() + 1);
        assertThat(found.get(0).subList(3, found.get(0).size()))
                .isEqualTo(world.rules().fields());
        MemoryFile bytes = MemoryFile.of("rejects", rejects);
        String text = new String(bytes.bytes(), StandardCharsets.UTF_8);
        for (int i = 0; i < places.size(); i++) {
            int place = places.get(i);
            List<String> record = found.get(i + 1);
            assertThat(record.get(0)).isEqualTo(Integer.toString(place + 2));
            assertThat(record.subList(3, record.size())).isEqualTo(original.get(place + 1));
            checkCodes(record.get(1), String.valueOf(loaded.codes().get(place)));
            assertThat(record.get(2)).isNotBlank();
            if (!file.records().isEmpty()) {
                assertThat(text).contains("," + file.records().get(place + 1));
            }
        }
    }

    private static void checkCodes(String codes, String expected) {
        List<String> found = Arrays.asList(codes.split(" ", -1));
        // datasets of records have the name of the constraint
        assertThat(found)
                .containsAnyOf(
                        expected,
                        switch (expected) {
                            case "OUT_OF_RANGE" -> "DIGITS";
                            case "TOO_LONG" -> "SIZE";
                            default -> expected;
                        });
    }
}
