// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import io.gantry.testkit.crash.CrashContract;
import io.gantry.testkit.crash.CrashSite;

/** The documents are in another database than the table. */
class PostgresCrashElsewhereTest extends CrashContract {

    private static final String ROWS = PostgresServer.url("crashedrows");
    private static final String DOCUMENTS = PostgresServer.url("crasheddocuments");

    @Override
    protected CrashSite site() {
        return new PostgresSite(ROWS, DOCUMENTS);
    }
}
