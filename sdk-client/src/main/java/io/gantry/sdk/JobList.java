// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.util.List;
import java.util.Map;

/**
 * The jobs of a tenant that run or have ended recently: those of the caller, or those of all users for an elevated role.
 *
 * @param <J> the kind of job
 * @param inProgress the jobs that are running
 * @param recent the jobs that have ended recently
 * @param fields the whole answer, with the tenant's limits; values are as in {@link Job#fields()}
 */
public record JobList<J extends Job>(List<J> inProgress, List<J> recent, Map<String, Object> fields) {

    /** {@return a short description} */
    @Override
    public String toString() {
        return "JobList[inProgress=" + inProgress + ", recent=" + recent + "]";
    }
}
