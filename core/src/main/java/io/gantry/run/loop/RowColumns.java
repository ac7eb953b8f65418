// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import java.util.List;

/**
 * The fields that a mapping loads, by place: issues about a single field are issues of its column.
 *
 * @param fields names, in the order of the mapping's columns
 */
record RowColumns(List<String> fields) {

    /** An issue that rejects its row. */
    IssueKinds.Kind kind(List<String> about, String code, String message) {
        int column = about.size() == 1 ? fields.indexOf(about.get(0)) : -1;
        return new IssueKinds.Kind(column, about, code, message, false);
    }
}
