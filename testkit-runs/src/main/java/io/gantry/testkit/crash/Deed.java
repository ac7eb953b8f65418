// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.crash;

import io.gantry.run.CrashPoint;
import io.gantry.spi.dataset.LoadMode;
import java.util.List;

/** What an engine is about when it crashes. */
public enum Deed {
    /** A load that only adds rows, some of which are there already. */
    INSERT(LoadMode.INSERT),
    /** A load that only changes rows, some of which are not there. */
    UPDATE(LoadMode.UPDATE),
    /** A load that adds and changes rows. */
    UPSERT(LoadMode.UPSERT),
    /** A load after which the dataset holds what the file names. */
    REPLACE(LoadMode.REPLACE),
    /** A load that mends the rejected rows of another one. */
    CORRECTION(LoadMode.UPSERT),
    /** A load that is taken back. */
    ROLLBACK(LoadMode.UPSERT),
    /** A file that is written. */
    EXPORT(LoadMode.INSERT);

    private static final List<CrashPoint> OF_IMPORTS = List.of(
            CrashPoint.SUBMITTED,
            CrashPoint.CLAIMED,
            CrashPoint.FIRST_BATCH_STAGED,
            CrashPoint.CHECKED,
            CrashPoint.PREPARED,
            CrashPoint.APPLIED,
            CrashPoint.ENDED);
    private static final List<CrashPoint> OF_EXPORTS =
            List.of(CrashPoint.SUBMITTED, CrashPoint.CLAIMED, CrashPoint.WRITTEN, CrashPoint.ENDED);
    private static final List<CrashPoint> OF_ROLLBACKS = List.of(CrashPoint.ROLLBACK_BEGUN, CrashPoint.ROLLED_BACK);

    private final LoadMode mode;

    Deed(LoadMode mode) {
        this.mode = mode;
    }

    /** How it loads. */
    LoadMode mode() {
        return mode;
    }

    /** Whether it rests on a load that was carried out before. */
    boolean restsOnLoad() {
        return this == CORRECTION || this == ROLLBACK;
    }

    /**
     * The points at which it can crash.
     *
     * @return in the order in which it comes to them
     */
    public List<CrashPoint> points() {
        return switch (this) {
            case EXPORT -> OF_EXPORTS;
            case ROLLBACK -> OF_ROLLBACKS;
            default -> OF_IMPORTS;
        };
    }
}
