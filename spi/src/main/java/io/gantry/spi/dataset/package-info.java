// SPDX-License-Identifier: Apache-2.0
/**
 * Datasets: what imports load into and exports read from.
 *
 * <p>A {@link io.gantry.spi.dataset.Dataset} says what it can do by the interfaces it implements: it can be read
 * ({@link io.gantry.spi.dataset.ReadableDataset}), written ({@link io.gantry.spi.dataset.WritableDataset}), undone
 * ({@link io.gantry.spi.dataset.UndoableDataset}), closed to workers that lost their run
 * ({@link io.gantry.spi.dataset.FencedDataset}), asked for keys ({@link io.gantry.spi.dataset.LookupDataset}), asked
 * whether it has moved ({@link io.gantry.spi.dataset.MarkedDataset}), and may check rows by itself
 * ({@link io.gantry.spi.dataset.CheckingDataset}).
 */
@NullMarked
package io.gantry.spi.dataset;

import org.jspecify.annotations.NullMarked;
