// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.dataset;

import io.gantry.spi.records.RowBatch;
import java.util.List;

/** A dataset that can tell which of many keys it holds: for references from other stores. */
public interface LookupDataset extends Dataset {

    /**
     * Looks up keys.
     *
     * @param fields the fields of this dataset that the key's columns stand for, in the same order
     * @param keys one row for each key, no column of which is null
     * @return for each row of the batch whether the dataset has a row with these values
     */
    boolean[] contains(List<String> fields, RowBatch keys);
}
