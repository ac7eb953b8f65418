// SPDX-License-Identifier: Apache-2.0
package io.gantry.run;

/**
 * Is told how runs get on, of all tenants. Called on the thread that carries out the run, so it must be quick; what it throws
 * is logged and otherwise ignored.
 */
public interface RunListener {

    /**
     * Some more rows went through.
     *
     * @param progress how far it is
     */
    default void progressed(Progress progress) {}

    /**
     * A run has ended.
     *
     * @param tenant whose
     * @param run its id
     * @param status how it ended
     */
    default void ended(String tenant, String run, RunStatus status) {}

    /**
     * How far a run is.
     *
     * @param tenant whose
     * @param run its id
     * @param pipeline the code of its pipeline
     * @param stage what it is at
     * @param bytes how much of the file has been read
     * @param totalBytes how large the file is; 0 when it is not known
     * @param rows rows read
     * @param rejected rows rejected so far
     */
    record Progress(
            String tenant,
            String run,
            String pipeline,
            Stage stage,
            long bytes,
            long totalBytes,
            long rows,
            long rejected) {

        /**
         * How much of the work is done.
         *
         * @return 0 to 1
         */
        public double fraction() {
            double reading = totalBytes == 0 ? 0 : Math.min(1, (double) bytes / totalBytes);
            return switch (stage) {
                case READING -> reading * 0.8;
                case CHECKING -> 0.8;
                case REPORTING -> 0.9;
                case APPLYING -> 0.95;
            };
        }
    }

    /** What a run is at. */
    enum Stage {
        /** Rows are read, checked one by one, and staged. */
        READING,
        /** Rows are checked against each other and against datasets. */
        CHECKING,
        /** Rejects and report are written. */
        REPORTING,
        /** The load becomes part of the dataset. */
        APPLYING
    }
}
