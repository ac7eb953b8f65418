// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.dataset;

/** A dataset that can tell whether any of its rows has changed. */
public interface MarkedDataset extends Dataset {

    /**
     * A mark of the dataset's present content. May read all of it.
     *
     * @return the same text as long as no row was added, changed or deleted; another one otherwise, but for chances of
     *     one in many millions
     */
    String mark();
}
