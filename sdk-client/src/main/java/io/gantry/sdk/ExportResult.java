// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.nio.file.Path;
import java.util.List;

/**
 * What an export brought. The files belong to the caller, who deletes them when they are not needed any more.
 *
 * @param job the job's last document
 * @param files the downloaded files, in the order of the document; at least one
 * @param directory where the files are: the one asked for, or a new temporary one
 */
public record ExportResult(ExportJob job, List<ExportedFile> files, Path directory) {}
