// SPDX-License-Identifier: Apache-2.0
/**
 * Rows on their way: batches of cells as a file has them ({@link io.gantry.spi.records.TextBatch}), batches of typed
 * values ({@link io.gantry.spi.records.RowBatch}), and the formats that read and write them.
 *
 * <p>Batches are reused and belong to one thread at a time. Whoever is handed a batch may use it until it hands it back
 * or returns, and keeps no reference to it or to its arrays.
 */
@NullMarked
package io.gantry.spi.records;

import org.jspecify.annotations.NullMarked;
