// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.sidebyside;

/** Does a work in one way. */
@FunctionalInterface
interface Contestant {

    /**
     * Does it, and checks that it is done.
     *
     * @param job what
     * @param meter measures it, but neither preparations nor checks
     */
    void run(Job job, Meter meter) throws Exception;

    /** Finds a contestant. */
    static Contestant of(Entry entry) {
        boolean export = entry.work() == Work.EXPORT;
        return switch (entry.contestant()) {
            case "gantry" -> export || entry.work() == Work.EXPORT_XLSX ? new GantryExport() : new GantryLoad();
            case "psql" -> export ? new PsqlExport() : new PsqlLoad();
            case "copy" -> new CopyLoad();
            case "batch" -> new BatchLoad();
            case "spring" -> new SpringLoad();
            case "handwritten" -> new HandwrittenUpsert();
            default -> throw new IllegalArgumentException("There is no contestant " + entry.contestant());
        };
    }
}
