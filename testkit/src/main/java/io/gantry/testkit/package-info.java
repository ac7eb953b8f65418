// SPDX-License-Identifier: Apache-2.0
/**
 * Suites that providers extend to show that they keep their contract.
 *
 * <p>A provider's author writes one test class for each provider, extends the suite of its kind, and implements a few
 * hooks; the tests are inherited. {@link io.gantry.testkit.DatasetContract} is the one for datasets.
 */
@NullMarked
package io.gantry.testkit;

import org.jspecify.annotations.NullMarked;
