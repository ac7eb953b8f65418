// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.crash;

import io.gantry.spi.dataset.UndoableDataset;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What must hold of a dataset, whatever its engine dies of. A provider's author extends it, hands in a {@link CrashSite}, and
 * inherits the tests; see {@code docs/crash-safety.md}. For datasets that are a {@link UndoableDataset}, can be read, and know
 * all load modes.
 *
 * <p>With the system property {@code gantry.crashes} being {@code all}, every crash is tried in every way, else some.
 */
public abstract class CrashContract {

    private static final boolean ALL = "all".equals(System.getProperty("gantry.crashes"));

    @TempDir
    private @Nullable Path folder;

    /** For the test class that extends the suite. */
    protected CrashContract() {}

    /**
     * Where to try.
     *
     * @return the same each time
     */
    protected abstract CrashSite site();

    /**
     * Whether another process can make the site, and find what this one has made.
     *
     * @return true unless overridden
     */
    protected boolean hasProcesses() {
        return true;
    }

    /**
     * Whether two processes may use the stores at the same time, and one that is frozen can be shut out.
     *
     * @return false unless overridden
     */
    protected boolean isShared() {
        return false;
    }

    private interface Trial {
        void of(Crash crash) throws Exception;
    }

    private CrashKit kit() {
        return CrashKit.on(site(), Objects.requireNonNull(folder));
    }

    private static Stream<DynamicTest> each(boolean wanted, List<Crash> crashes, Trial trial) {
        return (wanted ? (ALL ? CrashKit.all() : crashes) : List.<Crash>of())
                .stream().map(crash -> DynamicTest.dynamicTest(crash.toString(), () -> trial.of(crash)));
    }

    @TestFactory
    final Stream<DynamicTest> an_engine_that_dies_leaves_nothing_that_the_next_one_cannot_bring_to_its_end() {
        return each(true, CrashKit.most(), crash -> kit().die(crash));
    }

    @TestFactory
    final Stream<DynamicTest> an_engine_that_is_closed_gives_back_what_it_cannot_finish() {
        return CrashKit.closings().stream()
                .map(crash -> DynamicTest.dynamicTest(crash.toString(), () -> kit().close(crash)));
    }

    @TestFactory
    final Stream<DynamicTest> a_process_that_is_killed_leaves_nothing_that_the_next_one_cannot_bring_to_its_end() {
        return each(hasProcesses(), CrashKit.each(), crash -> kit().kill(crash));
    }

    @TestFactory
    final Stream<DynamicTest> a_process_that_was_frozen_changes_nothing_once_its_work_was_taken_over() {
        return each(isShared(), CrashKit.each(), crash -> kit().freeze(crash));
    }
}
