// SPDX-License-Identifier: Apache-2.0
/**
 * Suites that run whole pipelines, from a file to a report and back, against datasets that a provider's author hands in.
 *
 * <p>{@link io.gantry.testkit.runs.RunContract} is the one for imports: random files, some rows of which are spoilt in ways
 * that are known, are held against a model of the dataset. The suites of {@link io.gantry.testkit} test the provider alone;
 * these test that it and the engine keep their promises together.
 *
 * <p>{@link io.gantry.testkit.runs.EngineContract} is the one for several engines on one document store and one dataset: races,
 * turns and limits, workers that are lost, and stores that fail.
 */
@NullMarked
package io.gantry.testkit.runs;

import org.jspecify.annotations.NullMarked;
