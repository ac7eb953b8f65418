// SPDX-License-Identifier: Apache-2.0
/**
 * Lets the process of an engine die, or freeze, at every place where that matters, on a provider's own dataset, and checks that
 * what follows is what would have been without it.
 *
 * <p>{@link io.gantry.testkit.crash.CrashKit} does it in one call; {@link io.gantry.testkit.crash.CrashContract} makes tests of
 * it. A provider's author says by a {@link io.gantry.testkit.crash.CrashSite} how the stores of an engine are opened.
 */
@NullMarked
package io.gantry.testkit.crash;

import org.jspecify.annotations.NullMarked;
