// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.util.List;
import java.util.Map;

/** The document of an export job. */
public final class ExportJob extends Job {
    private final List<RemoteFile> files;

    ExportJob(String id, Map<String, Object> fields, Map<String, Object> data) {
        super(id, fields, data);
        this.files = Json.objects(outputs().get("files")).stream()
                .flatMap(file -> RemoteFile.of(file).stream())
                .toList();
    }

    /** {@return the files to download, in the server's order; empty until the job has ended} */
    public List<RemoteFile> files() {
        return files;
    }

    /** How many files the document lists, with those that have no usable address. */
    int listedFiles() {
        return outputs().get("files") instanceof List<?> list ? list.size() : 0;
    }
}
