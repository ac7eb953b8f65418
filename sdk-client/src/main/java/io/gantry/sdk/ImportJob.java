// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.util.Map;

/**
 * The document of an import job; once the job has ended, the summary of what the import did: {@link #services()},
 * {@link #serviceVersions()}, {@link #errors()}, {@link #warnings()}.
 */
public final class ImportJob extends Job {
    ImportJob(String id, Map<String, Object> fields, Map<String, Object> data) {
        super(id, fields, data);
    }
}
