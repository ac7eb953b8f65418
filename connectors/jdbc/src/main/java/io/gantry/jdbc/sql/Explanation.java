// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.sql;

import java.util.List;

/**
 * A refusal in words.
 *
 * @param message for people
 * @param columns that the rule is about
 */
public record Explanation(String message, List<String> columns) {}
