// SPDX-License-Identifier: Apache-2.0
package io.gantry;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What a principal may be allowed to do in its tenant. */
public enum Permission {
    /** See pipelines, their versions and datasets. */
    PIPELINES_VIEW("pipelines:view"),
    /** Make pipelines, change them, ask for a review, and activate what was approved. */
    PIPELINES_EDIT("pipelines:edit"),
    /** Review versions of pipelines, and send them back. */
    PIPELINES_REVIEW("pipelines:review"),
    /** Approve versions of pipelines. */
    PIPELINES_APPROVE("pipelines:approve"),
    /** Restrict, suspend, resume, deprecate and archive pipelines, and run restricted ones. */
    PIPELINES_ADMIN("pipelines:admin"),
    /** See runs of imports, their reports and files. */
    IMPORTS_VIEW("imports:view"),
    /** Store files, and submit, preview, retry and cancel imports. */
    IMPORTS_RUN("imports:run"),
    /** Take imports back. */
    IMPORTS_ROLL_BACK("imports:rollback"),
    /** See runs of exports. */
    EXPORTS_VIEW("exports:view"),
    /** Submit, retry and cancel exports. */
    EXPORTS_GENERATE("exports:generate"),
    /** Read the files that exports wrote. */
    EXPORTS_DOWNLOAD("exports:download"),
    /** Read the audit log. */
    AUDIT_VIEW("audit:view"),
    /** Change the settings of the tenant. */
    SETTINGS_CHANGE("settings:change");

    /** Every permission. */
    public static final Set<Permission> ALL = Set.copyOf(EnumSet.allOf(Permission.class));

    private final String text;

    Permission(String text) {
        this.text = text;
    }

    /**
     * The permission as tokens and messages have it.
     *
     * @return such as {@code pipelines:view}
     */
    public String text() {
        return text;
    }

    /**
     * Finds a permission by its text.
     *
     * @param text any text
     * @return the permission, if there is one
     */
    public static Optional<Permission> of(String text) {
        return Arrays.stream(values()).filter(each -> each.text.equals(text)).findFirst();
    }
}
