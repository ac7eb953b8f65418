// SPDX-License-Identifier: Apache-2.0
package io.gantry.pipeline;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;

/** One end of a flow: where its rows come from, or where they go. */
public sealed interface Endpoint {

    /**
     * A file: one that is handed in with each run, or one that each run writes.
     *
     * @param format how its records are read or written
     */
    record File(@Valid FileFormat format) implements Endpoint {
        @Override
        public String toString() {
            return format.name() + " file";
        }
    }

    /**
     * A dataset of the tenant.
     *
     * @param dataset its name
     */
    record Dataset(@NotBlank String dataset) implements Endpoint {
        @Override
        public String toString() {
            return "dataset '" + dataset + "'";
        }
    }
}
