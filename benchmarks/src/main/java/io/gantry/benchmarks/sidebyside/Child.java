// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.sidebyside;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.nio.file.Path;

/** The process of a contestant: it has its own heap, its own compiler, and its own CPU time. */
final class Child {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Child() {}

    /** Does the job in the first file and writes its outcome to the second. */
    public static void main(String[] files) throws Exception {
        Job job = JSON.readValue(new File(files[0]), Job.class);
        Contestant contestant = Contestant.of(job.entry());
        for (int i = 0; i < job.warmUps(); i++) {
            contestant.run(job, new Meter(job.postmaster()));
            try (PersonTable table = new PersonTable(job.url())) {
                table.prepare(job.entry(), Path.of(job.file()));
            }
        }
        Meter meter = new Meter(job.postmaster());
        contestant.run(job, meter);
        JSON.writeValue(new File(files[1]), meter.outcome());
    }
}
