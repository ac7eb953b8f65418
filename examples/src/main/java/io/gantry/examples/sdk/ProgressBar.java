// SPDX-License-Identifier: Apache-2.0
package io.gantry.examples.sdk;

import io.gantry.sdk.ImpexListener;
import io.gantry.sdk.Job;
import io.gantry.sdk.Transfer;
import java.io.PrintStream;
import java.util.Locale;

/** Draws what a call is doing on one line of a terminal. */
final class ProgressBar implements ImpexListener {
    private static final int WIDTH = 30;

    private final PrintStream out;

    ProgressBar(PrintStream out) {
        this.out = out;
    }

    @Override
    public void onUpload(Transfer transfer) {
        draw("upload", transfer);
    }

    @Override
    public void onJob(Job job) {
        out.printf("\rjob %s is %s%n", job.id(), job.status());
    }

    @Override
    public void onDownload(Transfer transfer) {
        draw("download", transfer);
    }

    private void draw(String what, Transfer transfer) {
        long total = transfer.totalBytes().orElse(transfer.bytes());
        int done = total == 0 ? WIDTH : (int) (WIDTH * transfer.bytes() / total);
        out.printf(
                Locale.ROOT,
                "\r%s %d/%d [%s%s] %,d of %,d bytes",
                what,
                transfer.part(),
                transfer.parts(),
                "#".repeat(done),
                ".".repeat(WIDTH - done),
                transfer.bytes(),
                total);
        if (transfer.bytes() == total) {
            out.println();
        }
    }
}
