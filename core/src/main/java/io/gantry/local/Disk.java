// SPDX-License-Identifier: Apache-2.0
package io.gantry.local;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Has what was written outlive a loss of power. */
@FunctionalInterface
interface Disk {

    /**
     * Returns when a file's bytes, or a folder's names, are on the disk.
     *
     * @throws IOException when they are not, or when the platform cannot do this to folders
     */
    void force(Path path) throws IOException;

    /** What the platform does. An interrupt is kept for later: it would close the file, and half a commit helps nobody. */
    static void sync(Path path) throws IOException {
        StandardOpenOption option = Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
        boolean interrupted = false;
        boolean done = false;
        try {
            while (!done) {
                interrupted |= Thread.interrupted();
                try (FileChannel channel = FileChannel.open(path, option)) {
                    channel.force(true);
                    done = true;
                } catch (ClosedByInterruptException e) {
                    interrupted = true; // and once more
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
