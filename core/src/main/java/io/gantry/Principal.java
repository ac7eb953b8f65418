// SPDX-License-Identifier: Apache-2.0
package io.gantry;

import java.util.Map;
import java.util.Set;

/**
 * Who asks.
 *
 * @param tenant whose data it is about; 1 to 100 characters, not blank, and not {@code *}
 * @param name who in that tenant; 1 to 200 characters, not blank
 * @param permissions what they may do
 */
public record Principal(String tenant, String name, Set<Permission> permissions) {

    /** The name under which the engine's own work is audited; no principal has it. */
    public static final String ENGINE = "*";

    private static final int LONGEST_TENANT = 100;
    private static final int LONGEST_NAME = 200;

    public Principal {
        check("tenant", tenant, LONGEST_TENANT);
        check("name", name, LONGEST_NAME);
        permissions = Set.copyOf(permissions);
    }

    private static void check(String what, String value, int longest) {
        if (value.isBlank() || value.length() > longest || value.equals(ENGINE) || !isText(value)) {
            throw new IllegalArgumentException("The " + what + " of a principal is 1 to " + longest
                    + " characters, not blank, not '" + ENGINE + "', without NUL and halves of characters");
        }
    }

    private static boolean isText(String value) {
        return value.codePoints()
                .noneMatch(
                        point -> point == 0 || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE));
    }

    /**
     * A principal that may do some things.
     *
     * @param tenant whose data it is about
     * @param name who in that tenant
     * @param permissions what they may do
     * @return the principal
     */
    public static Principal of(String tenant, String name, Permission... permissions) {
        return new Principal(tenant, name, Set.of(permissions));
    }

    /**
     * A principal that may do everything in its tenant.
     *
     * @param tenant whose data it is about
     * @param name who in that tenant
     * @return the principal
     */
    public static Principal owner(String tenant, String name) {
        return new Principal(tenant, name, Permission.ALL);
    }

    /**
     * Whether it may do something.
     *
     * @param permission what
     * @return true when it has the permission
     */
    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }

    /**
     * Does nothing when it may do something.
     *
     * @param permission what
     * @throws GantryException {@code PERMISSION_DENIED} when it has not the permission
     */
    public void require(Permission permission) {
        if (!may(permission)) {
            throw new GantryException(
                    ErrorCode.PERMISSION_DENIED,
                    "'" + name + "' may not do this; it takes the permission " + permission.text(),
                    Map.of("permission", permission.text()),
                    null);
        }
    }
}
