// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import io.gantry.testkit.crash.CrashContract;
import io.gantry.testkit.crash.CrashSite;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2CrashTest extends CrashContract {

    @TempDir
    private static Path stores;

    @Override
    protected CrashSite site() {
        return new H2Site(stores);
    }

    /** H2 may be unable to open its own file after a process was killed, see docs/crash-safety.md and its issue 3383. */
    @Override
    protected boolean hasProcesses() {
        return false;
    }
}
