// SPDX-License-Identifier: Apache-2.0
/**
 * Providers that need nothing but this process: datasets of Java records, in memory or behind two callbacks
 * ({@link io.gantry.local.Datasets}), files in a folder, documents in memory, and a pool of threads that carries out runs.
 */
@NullMarked
package io.gantry.local;

import org.jspecify.annotations.NullMarked;
