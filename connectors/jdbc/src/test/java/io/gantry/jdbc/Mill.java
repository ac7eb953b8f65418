// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import io.gantry.Gantry;
import io.gantry.Principal;
import io.gantry.Workspace;
import io.gantry.spi.document.DocumentQuery;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that runs imports, exports, rollbacks and corrections of several tenants without end, until it is ended by others. It
 * says what it was told of each run; it pauses and goes on when it is asked to.
 */
final class Mill {

    static final String READY = "READY";
    static final String PAUSED = "PAUSED";
    static final String PAUSE = "pause";
    static final String GO_ON = "go on";

    private Mill() {}

    /**
     * Runs the process.
     *
     * @param arguments address of the database, folder, how far the clock is ahead and how long the lease is in milliseconds
     * @throws Exception when it cannot begin
     */
    public static void main(String[] arguments) throws Exception {
        MillStores stores = MillStores.open(arguments[0], Path.of(arguments[1]));
        Gantry gantry = stores.engine(millis(arguments[2]), millis(arguments[3]));
        List<MillLane> lanes = new ArrayList<>();
        for (String tenant : MillWork.TENANTS) {
            Workspace workspace = gantry.workspace(Principal.owner(tenant, "miller"));
            MillWork.makePipelines(workspace);
            for (MillWork.Lane lane : MillWork.Lane.values()) {
                lanes.add(new MillLane(workspace, lane));
            }
        }
        lanes.forEach(MillLane::start);
        System.out.println(READY);
        obey(stores, lanes);
    }

    private static Duration millis(String text) {
        return Duration.ofMillis(Long.parseLong(text));
    }

    private static void obey(MillStores stores, List<MillLane> lanes) throws IOException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            boolean pause = order.equals(PAUSE);
            lanes.forEach(lane -> lane.pause(pause));
            if (pause) {
                while (!lanes.stream().allMatch(MillLane::isPaused) || !isQuiet(stores)) {
                    LockSupport.parkNanos(10_000_000);
                }
                System.out.println(PAUSED);
            }
        }
        Runtime.getRuntime().halt(0); // whoever started it is gone
    }

    private static boolean isQuiet(MillStores stores) {
        try {
            return stores.documents().count(DocumentQuery.of("*", "ticket")) == 0;
        } catch (RuntimeException e) {
            return false; // the database is away
        }
    }
}
