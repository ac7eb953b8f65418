// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.sidebyside;

/** What a database administrator calls the limit: nothing is checked, reported or undoable. */
final class PsqlLoad implements Contestant {

    @Override
    public void run(Job job, Meter meter) throws Exception {
        String command = "\\copy " + PersonTable.NAME + " from '" + job.file() + "' with (format csv, header)";
        meter.remark("said", meter.measureChild("load", () -> Psql.run(job, command)));
        try (PersonTable table = new PersonTable(job.url())) {
            table.fingerprint().mustBe(job.expected(), "the table after the load");
        }
    }
}
