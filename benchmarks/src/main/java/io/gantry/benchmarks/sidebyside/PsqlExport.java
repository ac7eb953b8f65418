// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.sidebyside;

import java.nio.file.Path;

/** The limit of exports: the server writes the lines of the file. */
final class PsqlExport implements Contestant {

    @Override
    public void run(Job job, Meter meter) throws Exception {
        String command = "\\copy (select " + PersonTable.COLUMNS + " from " + PersonTable.NAME + " where "
                + PersonTable.EXPORTED + ") to '" + job.output() + "' with (format csv, header)";
        meter.remark("said", meter.measureChild("export", () -> Psql.run(job, command)));
        try (PersonTable table = new PersonTable(job.url())) {
            table.fingerprint(Path.of(job.output())).mustBe(job.expected(), "the file");
        }
    }
}
