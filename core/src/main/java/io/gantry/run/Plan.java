// SPDX-License-Identifier: Apache-2.0
package io.gantry.run;

import io.gantry.validation.Counts;

/**
 * What a preview found a load would do, bound to all it depends on: the file, the pipeline and the dataset as they were.
 *
 * @param preview the id of the preview
 * @param pipeline the id of the pipeline
 * @param version of the pipeline
 * @param contentHash of the version
 * @param fileRef the file
 * @param fileSha256 its hash
 * @param datasetMark the mark of the dataset before
 * @param counts what the load would do
 */
public record Plan(
        String preview,
        String pipeline,
        String version,
        String contentHash,
        String fileRef,
        String fileSha256,
        String datasetMark,
        Counts counts) {}
