// SPDX-License-Identifier: Apache-2.0
/** Pipelines: what moves between a file and a dataset, and how. */
@NullMarked
package io.gantry.pipeline;

import org.jspecify.annotations.NullMarked;
