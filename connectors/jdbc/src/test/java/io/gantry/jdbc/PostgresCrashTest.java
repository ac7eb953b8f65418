// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import io.gantry.testkit.crash.CrashContract;
import io.gantry.testkit.crash.CrashSite;
import org.junit.jupiter.api.condition.OS;

class PostgresCrashTest extends CrashContract {

    private static final String URL = PostgresServer.url("crashes");

    @Override
    protected CrashSite site() {
        return new PostgresSite(URL, URL);
    }

    @Override
    protected boolean isShared() {
        return !OS.WINDOWS.isCurrentOs(); // it has no signals
    }
}
