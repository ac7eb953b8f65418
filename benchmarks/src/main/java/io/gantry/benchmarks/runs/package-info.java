// SPDX-License-Identifier: Apache-2.0
/** What an engine that has carried out many runs still takes for the next one. */
@NullMarked
package io.gantry.benchmarks.runs;

import org.jspecify.annotations.NullMarked;
