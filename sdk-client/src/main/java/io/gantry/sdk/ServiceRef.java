// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.util.Map;
import java.util.Optional;

/** A service or service version in a job document, as source or as destination. Any part may be absent. */
public final class ServiceRef {
    private final Map<String, Object> fields;
    private final String end;

    ServiceRef(Map<String, Object> fields, String end) {
        this.fields = fields;
        this.end = end;
    }

    /** {@return the service URI, with the version in brackets if it is a version's} */
    public Optional<String> uri() {
        return part("service_uri");
    }

    /** {@return the folder's name} */
    public Optional<String> folder() {
        return part("folder");
    }

    /** {@return the service's name} */
    public Optional<String> service() {
        return part("service");
    }

    /** {@return the service's id} */
    public Optional<String> serviceId() {
        return part("service_id");
    }

    /** {@return the version's number, such as {@code 0.4.2}} */
    public Optional<String> version() {
        return part("version");
    }

    /** {@return the version's id} */
    public Optional<String> versionId() {
        return part("version_id");
    }

    /** {@return the URI, or a dash} */
    @Override
    public String toString() {
        return uri().orElse("-");
    }

    private Optional<String> part(String name) {
        return Json.text(fields, name + end);
    }
}
