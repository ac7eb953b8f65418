// SPDX-License-Identifier: Apache-2.0
package io.gantry.examples;

import io.gantry.run.RunListener;
import io.gantry.run.RunStatus;
import java.io.PrintStream;
import java.util.Locale;

/** Shows on a terminal how far a run is; elsewhere, such as in a log file, only how it ended. */
final class ProgressBar implements RunListener {

    private static final int WIDTH = 30;

    private final PrintStream out;
    private final boolean live;
    private long rows;
    private int shown = -1;

    ProgressBar(PrintStream out, boolean live) {
        this.out = out;
        this.live = live;
    }

    @Override
    public void progressed(Progress progress) {
        rows = progress.rows();
        int filled = (int) (WIDTH * progress.fraction());
        if (live && filled != shown) {
            shown = filled;
            out.print("\r" + line(progress.pipeline(), filled, rows));
            out.flush();
        }
    }

    @Override
    public void ended(String tenant, String run, RunStatus status) {
        out.println((live ? "\r" : "") + line(status.name(), WIDTH, rows));
        shown = -1;
        rows = 0;
    }

    private static String line(String label, int filled, long rows) {
        String bar = "█".repeat(filled) + "░".repeat(WIDTH - filled);
        return String.format(Locale.ROOT, "  %s %,9d rows  %-14s", bar, rows, label);
    }
}
