// SPDX-License-Identifier: Apache-2.0
/** What a tenant decides for itself. */
@NullMarked
package io.gantry.settings;

import org.jspecify.annotations.NullMarked;
