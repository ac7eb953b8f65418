// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.dataset;

/**
 * A dataset that can tell whether any of its rows has changed.
 *
 * <p>When it can be loaded, its writers compare {@link Load#expectedMark} with the mark once nobody else can change a row before
 * the load is part of the dataset: by {@link DatasetWriter#check} at the earliest, in the step of {@link DatasetWriter#apply} at
 * the latest. So what was previewed is what is done.
 */
public interface MarkedDataset extends Dataset {

    /**
     * A mark of the dataset's present content. May read all of it.
     *
     * @return the same text as long as no row was added, changed or deleted; another one otherwise, but for chances of
     *     one in many millions
     */
    String mark();
}
