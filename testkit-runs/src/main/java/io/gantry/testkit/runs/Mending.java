// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.run.Run;
import io.gantry.run.RunStatus;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.validation.Counts;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A file whose rejected rows are mended, correction after correction, by mending either the file of rejects or the whole
 * file.
 */
final class Mending {

    private final World world;
    private final SampleFile file;
    private final boolean wholeFile;
    private final RunModel now;
    private final Deque<Run> runs = new ArrayDeque<>();
    private final Set<Integer> mended = new HashSet<>();
    private List<Integer> open;
    private boolean perfect;

    /**
     * @param run a load of the file that rejected some of its rows
     */
    Mending(World world, Expected expected, Run run, boolean wholeFile) {
        this.world = world;
        this.file = expected.file();
        this.wholeFile = wholeFile;
        now = expected.after(world);
        runs.push(run);
        open = expected.rejected();
        perfect = !losesFields();
        for (int i = 0; i < file.rows().size(); i++) {
            perfect &= open.contains(i) || isRight(i);
        }
    }

    /**
     * Whether a row that is replaced may lose values that its file does not have: it was deleted because no row named it, and
     * is new when it comes again.
     */
    private boolean losesFields() {
        boolean partial = world.rules().fields().size() < People.SCHEMA.fields().size();
        boolean unnamed = false;
        for (int i = 0; i < file.rows().size(); i++) {
            unnamed |= !file.rows().get(i).id().equals(file.perfect().get(i).get(0));
        }
        return world.place().mode() == LoadMode.REPLACE && partial && unnamed;
    }

    private boolean isRight(int place) {
        return file.rows().get(place).cells().equals(file.perfect().get(place));
    }

    /** Whether no row was loaded before it was right, so that the dataset must be as after the perfect file. */
    boolean isPerfect() {
        return perfect && open.isEmpty();
    }

    /** Mends some of the rejected rows. */
    void mendSome() throws IOException {
        open.stream().filter(place -> world.random().nextBoolean()).forEach(mended::add);
        correct();
    }

    /** Mends the rest. */
    void mendAll() throws IOException {
        if (!open.isEmpty()) {
            mended.addAll(open);
            correct();
        }
    }

    private void correct() throws IOException {
        Run last = Objects.requireNonNull(runs.peek());
        Run correction = world.correct(last, wholeFile ? file.mended(world, mended) : mendedRejects(last));
        List<FileRow> rows = open.stream().map(this::row).toList();
        LoadMode mode = world.place().mode() == LoadMode.REPLACE
                ? LoadMode.UPSERT
                : world.place().mode();
        RunModel.Loaded loaded = now.load(mode, rows);
        boolean loads = world.place().policy().allows(loaded.rejected(), rows.size());

        checkCounts(correction, loaded, loads);
        assertThat(correction.correctionOf()).contains(last.id());
        assertThat(correction.report().file().correctionOf()).isEqualTo(last.id());
        List<Integer> rejected = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (loaded.codes().get(i) != null) {
                rejected.add(open.get(i));
            } else if (loads) {
                perfect &= mended.contains(open.get(i)) || isRight(open.get(i));
            }
        }
        checkRejects(correction, rejected);
        if (loads) {
            now.apply(loaded);
            runs.push(correction);
            open = rejected;
        }
        world.checkContent(now, "after a correction");
    }

    private FileRow row(int place) {
        return mended.contains(place)
                ? FileRow.good(file.perfect().get(place))
                : file.rows().get(place);
    }

    private void checkCounts(Run correction, RunModel.Loaded loaded, boolean loads) {
        long read = wholeFile ? file.rows().size() : open.size();
        long rejected = loaded.rejected();
        assertThat(correction.counts())
                .as(
                        "counts of a correction; the model rejects %s; the run says:%n%s",
                        loaded.codes(), correction.report())
                .isEqualTo(
                        loads
                                ? new Counts(
                                        read,
                                        loaded.inserted(),
                                        loaded.updated(),
                                        loaded.unchanged(),
                                        rejected,
                                        read - open.size(),
                                        0)
                                : new Counts(read, 0, 0, 0, rejected, read - rejected, 0));
        assertThat(correction.status())
                .isEqualTo(!loads ? RunStatus.FAILED : rejected == 0 ? RunStatus.SUCCEEDED : RunStatus.PARTIAL);
    }

    /** Rows are known by their number in the first file, however often they are mended. */
    private void checkRejects(Run correction, List<Integer> rejected) throws IOException {
        List<String> numbers = new ArrayList<>();
        if (correction.rejects().isPresent()) {
            SampleFile.format(world).read(correction.rejects().get()).stream()
                    .skip(1)
                    .forEach(record -> numbers.add(record.get(0)));
        }
        assertThat(numbers)
                .isEqualTo(rejected.stream()
                        .map(place -> Integer.toString(place + 2))
                        .toList());
    }

    private MemoryFile mendedRejects(Run last) throws IOException {
        List<List<String>> records = new ArrayList<>();
        for (List<String> record : SampleFile.format(world).read(last.rejects().orElseThrow())) {
            List<String> copy = new ArrayList<>(record);
            if (!records.isEmpty()) {
                int place = Integer.parseInt(record.get(0)) - 2;
                if (mended.contains(place)) {
                    copy = new ArrayList<>(record.subList(0, 3));
                    copy.addAll(file.perfect().get(place));
                }
            }
            records.add(copy);
        }
        assertThat(records).hasSize(open.size() + 1);
        return SampleFile.texts(world, "mended", records);
    }

    /** Takes all runs back, the last first. */
    void takeBack() {
        while (!runs.isEmpty()) {
            assertThat(runs.pop().rollBack(RunRollbacks.WRONG_FILE)).satisfies(outcome -> {
                assertThat(outcome.kept()).isZero();
                assertThat(outcome.failed()).isZero();
            });
        }
    }
}
