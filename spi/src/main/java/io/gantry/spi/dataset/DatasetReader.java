// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.dataset;

import io.gantry.spi.records.RowReader;

/** Reads rows of a dataset once, from first to last, as they were when it was opened. Used by one thread. */
public interface DatasetReader extends RowReader {}
