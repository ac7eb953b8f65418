// SPDX-License-Identifier: Apache-2.0
/** How long a store of documents takes to do what the engine asks of it. */
@NullMarked
package io.gantry.benchmarks.documents;

import org.jspecify.annotations.NullMarked;
