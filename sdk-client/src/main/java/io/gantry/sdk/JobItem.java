// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.util.Map;
import java.util.Optional;

/** A service or a service version that a job has moved. */
public final class JobItem {
    private final Map<String, Object> fields;

    JobItem(Map<String, Object> fields) {
        this.fields = fields;
    }

    /** {@return the service or version that was exported} */
    public ServiceRef source() {
        return new ServiceRef(fields, "_source");
    }

    /** {@return the service or version that was written; all its parts are absent for exports} */
    public ServiceRef destination() {
        return new ServiceRef(fields, "_destination");
    }

    /** {@return the outcome in the server's word, such as {@code added}; absent for exports} */
    public Optional<String> status() {
        return Json.text(fields, "status");
    }

    /** {@return the item as the server sent it, unknown fields included; values are as in {@link Job#fields()}} */
    public Map<String, Object> fields() {
        return fields;
    }

    /** {@return source, destination and status} */
    @Override
    public String toString() {
        return source() + " -> " + destination()
                + status().map(word -> " (" + word + ")").orElse("");
    }
}
