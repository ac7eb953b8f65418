// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.dataset;

import io.gantry.spi.schema.Schema;

/** Rows of one shape under a name. Safe for use by several threads. */
public interface Dataset {

    /**
     * The name that pipelines use.
     *
     * @return not blank
     */
    String name();

    /**
     * Its present shape. May ask the store; the engine calls it once per run.
     *
     * @return fields, keys and references
     */
    Schema schema();
}
