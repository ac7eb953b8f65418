// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.run.CrashPoint;
import io.gantry.run.RunListener.Stage;
import io.gantry.run.RunSettings;
import io.gantry.spi.Cancellation;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.file.FileStore;
import io.gantry.spi.file.StoredFile;
import io.gantry.spi.records.RecordFormat;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All that a run is told and uses. */
public interface RunContext {

    /** Its id. */
    String run();

    /** How often it was begun, from 1. */
    int attempt();

    /** Whose it is. */
    String tenant();

    /** When it started, by the engine's clock. */
    Instant time();

    /** Whether it only looks. */
    boolean preview();

    /** The file it reads; null when it reads none. */
    @Nullable
    StoredFile file();

    /** The size of that file in bytes; 0 when it reads none. */
    default long totalBytes() {
        StoredFile read = file();
        return read == null ? 0 : read.length();
    }

    /** The engine's formats by name; fails for one that it does not know. */
    Function<String, RecordFormat> formats();

    /** How to carry it out. */
    RunSettings settings();

    /** Tells it to stop. */
    Cancellation cancellation();

    /** The mark that the dataset must have for the run to be applied; null when it may have any. */
    @Nullable
    String expectedMark();

    /** Where its files are. */
    FileStore files();

    /** The tenant's datasets by name. */
    Function<String, Optional<Dataset>> datasets();

    /** Numbers of the rows that the corrected run rejected; null when it corrects none. */
    @Nullable
    BitSet correction();

    /** The id of the corrected run; null when it corrects none. */
    @Nullable
    String correctionOf();

    /** The columns of the file that the pipeline loaded last; empty when it had no header, or none was loaded. */
    List<String> lastHeader();

    /** The high-water mark that earlier runs of the pipeline left, in ISO notation; null when there is none. */
    @Nullable
    String highWater();

    /** Tells that a place was reached at which it matters whether the process dies there. */
    void reached(CrashPoint point);

    /** Tells how far it is. */
    void progress(Stage stage, long bytes, long rows, long rejected);

    /** Ends the run with {@code CANCELLED} when that was asked for. */
    void checkCancelled();
}
