// SPDX-License-Identifier: Apache-2.0
/** Programs that export and import services through a remote ImpEx server. */
@NullMarked
package io.gantry.examples.sdk;

import org.jspecify.annotations.NullMarked;
