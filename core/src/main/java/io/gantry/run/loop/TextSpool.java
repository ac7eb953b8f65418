// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.spi.records.RecordReader;
import io.gantry.spi.records.TextBatch;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Keeps records for a second reading: in memory as long as they are few, in a temporary file when there are more. Filled by one
 * thread, then read.
 */
final class TextSpool implements AutoCloseable {

    private static final int IN_MEMORY = 1 << 20;
    private static final int BUFFER = 1 << 16;
    private static final int END = -1;

    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private DataOutputStream out = new DataOutputStream(memory);
    private @Nullable Path file;
    private boolean whole;

    /** Adds records; the numbers of all records ascend by one from 1. */
    void add(TextBatch records) throws IOException {
        for (int record = 0; record < records.size(); record++) {
            out.writeInt(records.cells(record));
            for (int i = 0; i < records.cells(record); i++) {
                int cell = records.first(record) + i;
                out.writeByte(records.kind(cell));
                out.writeInt(records.length(cell));
                out.write(records.buffer(), records.start(cell), records.length(cell));
            }
        }
        if (file == null && memory.size() > IN_MEMORY) {
            Path spilled = Files.createTempFile("gantry-rows", ".bin");
            file = spilled;
            out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(spilled), BUFFER));
            memory.writeTo(out);
            memory.reset();
        }
    }

    /** Says that there are no more records. */
    void end() throws IOException {
        out.writeInt(END);
        out.flush();
        if (file != null) {
            out.close();
        }
        whole = true;
    }

    /** Whether all records are in it. */
    boolean isWhole() {
        return whole;
    }

    RecordReader read() throws IOException {
        DataInputStream in = new DataInputStream(
                file == null
                        ? new ByteArrayInputStream(memory.toByteArray())
                        : new BufferedInputStream(Files.newInputStream(file), BUFFER));
        return new RecordReader() {
            private long next = 1;
            private boolean over;

            @Override
            public boolean read(TextBatch into) throws IOException {
                into.clear();
                into.firstNumber(next);
                int end = 0;
                while (!over && into.size() < into.capacity() && end < BUFFER) {
                    int cells = in.readInt();
                    if (cells == END) {
                        over = true;
                        break;
                    }
                    for (int i = 0; i < cells; i++) {
                        byte kind = in.readByte();
                        int length = in.readInt();
                        in.readFully(into.ensure(end + length), end, length);
                        into.cell(end, length);
                        into.kind(kind);
                        end += length;
                    }
                    into.endRecord(next++, end, 0);
                }
                return into.size() > 0;
            }

            @Override
            public long consumed() {
                return 0;
            }

            @Override
            public void close() throws IOException {
                in.close();
            }
        };
    }

    @Override
    public void close() {
        Path spilled = file;
        if (spilled == null) {
            return;
        }
        try {
            out.close();
            Files.deleteIfExists(spilled);
        } catch (IOException e) {
            spilled.toFile().deleteOnExit();
        }
    }
}
