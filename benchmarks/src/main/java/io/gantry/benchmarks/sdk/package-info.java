// SPDX-License-Identifier: Apache-2.0
/** Measures the SDK client against the HTTP library it is built on. */
@NullMarked
package io.gantry.benchmarks.sdk;

import org.jspecify.annotations.NullMarked;
