// SPDX-License-Identifier: Apache-2.0
package io.gantry.settings;

import io.gantry.GantryException;
import java.util.function.UnaryOperator;

/** The settings of one tenant. Reached by {@code workspace.settings()}; safe for use by several threads. */
public interface Settings {

    /**
     * The settings as they are now.
     *
     * @return those of the tenant, or the engine's defaults when it has set none
     */
    TenantSettings get();

    /**
     * Changes the settings; takes the permission {@code settings:change}. They count from the next decision on.
     *
     * @param change makes the new settings of those that are
     * @return the settings as they are now
     * @throws GantryException {@code PERMISSION_DENIED}; {@code INVALID_DEFINITION} when a value is out of its range
     */
    TenantSettings change(UnaryOperator<TenantSettings> change);
}
