// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.GantryException;
import io.gantry.run.Run;
import io.gantry.run.RunStatus;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** That mending what was rejected, however often, ends where a perfect file would have, and can be taken back. */
interface RunCorrections {

    @TestFactory
    default Stream<DynamicTest> mending_rejected_rows_ends_where_a_perfect_file_would_have() {
        return Worlds.each(this, world -> check(world, false));
    }

    @TestFactory
    default Stream<DynamicTest> mending_the_whole_file_ends_where_a_perfect_file_would_have() {
        return Worlds.each(this, world -> check(world, true));
    }

    private static void check(World world, boolean wholeFile) throws Exception {
        SampleFile file = world.file();
        Expected expected = Expected.of(world, file);
        Run run = world.run(World.LOAD, file.content());
        expected.check(world, run);
        if (run.status() != RunStatus.PARTIAL) {
            assertThatThrownBy(() -> world.correct(run, file.content()))
                    .isInstanceOf(GantryException.class)
                    .satisfies(e -> assertThat(((GantryException) e).code()).isEqualTo("CORRECTION_MISMATCH"));
            return;
        }
        Mending mending = new Mending(world, expected, run, wholeFile);
        mending.mendSome();
        mending.mendAll();
        if (mending.isPerfect()) {
            RunModel perfect = world.model().copy();
            RunModel.Loaded loaded = perfect.load(
                    world.place().mode(),
                    file.perfect().stream().map(FileRow::good).toList());
            assertThat(loaded.rejected()).isZero();
            perfect.apply(loaded);
            world.checkContent(perfect, "after everything was mended");
        }
        mending.takeBack();
        world.checkContent(world.model(), "after all runs were taken back");
    }
}
