// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Every issue of a run as one number, sorted by row: in memory as long as there are few, in sorted temporary files when there
 * are many. Filled, then read; used by one thread.
 */
final class IssueLog implements AutoCloseable {

    private static final int KIND_BITS = 20;
    private static final int IN_MEMORY = 1 << 20;

    private final List<Path> spilled = new ArrayList<>();
    private long[] entries = new long[64];
    private int size;

    /**
     * @param row number of a row, less than 2<sup>43</sup>
     * @param kind id of an issue's kind, less than 2<sup>20</sup>
     */
    void add(long row, int kind) {
        if (size == IN_MEMORY) {
            spill();
        }
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, size * 2);
        }
        entries[size++] = row << KIND_BITS | kind;
    }

    private void spill() {
        Arrays.sort(entries, 0, size);
        try {
            Path file = Files.createTempFile("gantry-issues", ".bin");
            spilled.add(file);
            try (DataOutputStream out =
                    new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16))) {
                for (int i = 0; i < size; i++) {
                    out.writeLong(entries[i]);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        size = 0;
    }

    boolean isEmpty() {
        return size == 0 && spilled.isEmpty();
    }

    /** Reads the issues in order of rows. */
    Cursor read() throws IOException {
        Arrays.sort(entries, 0, size);
        return new Cursor();
    }

    /** The issues of one row after the other. */
    final class Cursor implements AutoCloseable {

        private final PriorityQueue<Run> runs = new PriorityQueue<>(Comparator.comparingLong(run -> run.head));
        private long row = -1;
        private int[] kinds = new int[8];
        private int count;

        private Cursor() throws IOException {
            for (Path file : spilled) {
                add(new Run(new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))));
            }
            add(new Run(null));
        }

        private void add(Run run) throws IOException {
            if (run.advance()) {
                runs.add(run);
            }
        }

        /** Goes to the next row that has issues; false when there is none. */
        boolean next() throws IOException {
            count = 0;
            Run first = runs.peek();
            if (first == null) {
                return false;
            }
            row = first.head >>> KIND_BITS;
            while (!runs.isEmpty() && runs.peek().head >>> KIND_BITS == row) {
                Run run = runs.remove();
                int kind = (int) (run.head & (1 << KIND_BITS) - 1);
                if (count == 0 || kinds[count - 1] != kind) {
                    if (count == kinds.length) {
                        kinds = Arrays.copyOf(kinds, count * 2);
                    }
                    kinds[count++] = kind;
                }
                add(run);
            }
            return true;
        }

        long row() {
            return row;
        }

        /** The kinds of the row's issues, each once. */
        int[] kinds() {
            return Arrays.copyOf(kinds, count);
        }

        @Override
        public void close() throws IOException {
            for (Run run : runs) {
                run.close();
            }
        }

        /** One sorted run: of a file, or of what is in memory. */
        private final class Run {
            private final @Nullable DataInputStream in;
            private int at;
            private long head;

            Run(@Nullable DataInputStream in) {
                this.in = in;
            }

            boolean advance() throws IOException {
                if (in == null) {
                    if (at == size) {
                        return false;
                    }
                    head = entries[at++];
                    return true;
                }
                try {
                    head = in.readLong();
                    return true;
                } catch (EOFException e) {
                    in.close();
                    return false;
                }
            }

            void close() throws IOException {
                if (in != null) {
                    in.close();
                }
            }
        }
    }

    @Override
    public void close() {
        for (Path file : spilled) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                file.toFile().deleteOnExit();
            }
        }
    }
}
