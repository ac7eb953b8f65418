// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.sidebyside;

import java.util.List;
import java.util.Map;

/**
 * What a process tells when it is done.
 *
 * @param phases what was measured, in order
 * @param peakResidentMegabytes the most memory it had; 0 when another process did the work
 * @param remarks whatever else there is to tell
 */
record Outcome(List<Figures> phases, long peakResidentMegabytes, Map<String, String> remarks) {}
