// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bytes without end: added one behind the other, then read anywhere. The first pages stay in memory, all others lie in a
 * temporary file, of which the pages read last are kept: so the memory used does not grow with the workbook.
 */
final class PagedBytes implements Closeable {

    private static final int PAGE_BITS = 13;
    private static final int PAGE = 1 << PAGE_BITS;
    private static final int KEPT = 256;

    private final List<byte[]> pages = new ArrayList<>();
    private final int inMemory;
    private byte[] last = new byte[PAGE];
    private int used;
    private long full;

    private @Nullable Path path;
    private @Nullable FileChannel file;
    private final byte[][] kept = new byte[KEPT][];
    private final long[] keptPages = new long[KEPT];

    /**
     * Makes an empty store.
     *
     * @param inMemory bytes to hold in memory at most; rounded down to whole pages
     */
    PagedBytes(int inMemory) {
        this.inMemory = inMemory >> PAGE_BITS;
        Arrays.fill(keptPages, -1);
    }

    /** How many bytes there are, which is where the next one goes. */
    long length() {
        return (full << PAGE_BITS) + used;
    }

    void add(int b) throws IOException {
        if (used == PAGE) {
            turn();
        }
        last[used++] = (byte) b;
    }

    void add(byte[] from, int offset, int count) throws IOException {
        int done = 0;
        while (done < count) {
            if (used == PAGE) {
                turn();
            }
            int step = Math.min(count - done, PAGE - used);
            System.arraycopy(from, offset + done, last, used, step);
            used += step;
            done += step;
        }
    }

    /** One byte, from -128 to 127. */
    byte get(long at) throws IOException {
        return page(at >> PAGE_BITS)[(int) at & PAGE - 1];
    }

    void get(long at, byte[] into, int offset, int count) throws IOException {
        int done = 0;
        while (done < count) {
            int from = (int) (at + done) & PAGE - 1;
            int step = Math.min(count - done, PAGE - from);
            System.arraycopy(page(at + done >> PAGE_BITS), from, into, offset + done, step);
            done += step;
        }
    }

    private byte[] page(long number) throws IOException {
        if (number < pages.size()) {
            return pages.get((int) number);
        }
        return number == full ? last : fromFile(number);
    }

    private byte[] fromFile(long number) throws IOException {
        int place = (int) number & KEPT - 1;
        byte[] page = kept[place];
        if (page == null) {
            page = new byte[PAGE];
            kept[place] = page;
        }
        if (keptPages[place] != number) {
            keptPages[place] = -1;
            ByteBuffer into = ByteBuffer.wrap(page);
            long at = number - pages.size() << PAGE_BITS;
            while (into.hasRemaining()) {
                if (file().read(into, at + into.position()) < 0) {
                    throw new IOException("The temporary file '" + path + "' was cut off by someone else");
                }
            }
            keptPages[place] = number;
        }
        return page;
    }

    /** Puts the full last page away and begins a new one. */
    private void turn() throws IOException {
        if (pages.size() < inMemory) {
            pages.add(last);
            last = new byte[PAGE];
        } else {
            ByteBuffer from = ByteBuffer.wrap(last);
            long at = full - pages.size() << PAGE_BITS;
            while (from.hasRemaining()) {
                file().write(from, at + from.position());
            }
        }
        full++;
        used = 0;
    }

    private FileChannel file() throws IOException {
        if (file == null) {
            path = Files.createTempFile("gantry-", ".strings");
            file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        }
        return file;
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
        if (path != null) {
            Files.deleteIfExists(path);
        }
    }
}
