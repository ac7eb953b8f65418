// SPDX-License-Identifier: Apache-2.0
/** The audit log: who did what, when and why, in an order that cannot be tampered with unseen. */
@NullMarked
package io.gantry.audit;

import org.jspecify.annotations.NullMarked;
