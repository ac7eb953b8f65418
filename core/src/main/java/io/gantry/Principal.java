// SPDX-License-Identifier: Apache-2.0
package io.gantry;

import java.util.Set;

/**
 * Who asks.
 *
 * @param tenant whose data it is about; not blank
 * @param name who in that tenant; not blank
 * @param permissions what they may do; not looked at yet
 */
public record Principal(String tenant, String name, Set<String> permissions) {

    public Principal {
        if (tenant.isBlank() || name.isBlank()) {
            throw new IllegalArgumentException("A principal needs a tenant and a name");
        }
        permissions = Set.copyOf(permissions);
    }

    /**
     * A principal without permissions.
     *
     * @param tenant whose data it is about
     * @param name who in that tenant
     * @return the principal
     */
    public static Principal of(String tenant, String name) {
        return new Principal(tenant, name, Set.of());
    }
}
