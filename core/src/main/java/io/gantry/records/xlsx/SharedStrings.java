// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import io.gantry.spi.records.TextBatch;
import java.io.Closeable;
import java.io.IOException;

/**
 * The texts that cells share. They lie one behind the other, each with its length in front, seven bits to a byte; an
 * index says where every eighth begins. Cells mostly ask for them in order, so the place behind the last is remembered.
 */
final class SharedStrings implements Closeable {

    /** What may stay in memory; a workbook of a million rows can have ten times that. */
    static final int IN_MEMORY = 32 << 20;

    private static final long ROOT = XmlScanner.name("sst");
    private static final long ITEM = XmlScanner.name("si");
    private static final long STEP = 8;

    private final PagedBytes texts;
    private final PagedBytes index;
    private long size;

    private long next;
    private long nextAt;

    /**
     * Makes an empty table.
     *
     * @param inMemory bytes to hold in memory at most, before what comes on top goes to a temporary file
     */
    SharedStrings(int inMemory) {
        texts = new PagedBytes(inMemory);
        index = new PagedBytes(inMemory / 8);
    }

    /** How many texts there are. */
    long size() {
        return size;
    }

    /** Adds the texts of a part. */
    void read(Archive archive, String path) throws IOException {
        int max = archive.limits().cellBytes();
        Bytes text = new Bytes();
        String where = "shared text ";
        try (XmlScanner xml = new XmlScanner(archive.part(path, () -> where + (size + 1)))) {
            for (var event = xml.next(); event != XmlScanner.Event.DONE; event = xml.next()) {
                if (event != XmlScanner.Event.START) {
                    continue;
                }
                if (xml.depth() == 1) {
                    xml.mustBe(ROOT, "a list of shared texts");
                } else if (xml.depth() == 2 && xml.name() == ITEM) {
                    text.clear();
                    if (!RichText.read(xml, text, max)) {
                        throw Failures.limit(archive.name(), where + (size + 1), "cellBytes", max);
                    }
                    add(text);
                }
            }
        }
    }

    private void add(Bytes text) throws IOException {
        if (size % STEP == 0) {
            long at = texts.length();
            for (int shift = 56; shift >= 0; shift -= 8) {
                index.add((int) (at >> shift));
            }
        }
        int length = text.length();
        while (length > 0x7F) {
            texts.add(length & 0x7F | 0x80);
            length >>= 7;
        }
        texts.add(length);
        texts.add(text.array(), 0, text.length());
        size++;
    }

    /**
     * Copies a text into a batch.
     *
     * @param number from 0, less than {@link #size}
     * @param at where in the batch's buffer
     * @return its length
     */
    int copy(long number, TextBatch into, int at) throws IOException {
        long from = number == next ? nextAt : find(number);
        int length = 0;
        int shift = 0;
        byte b = texts.get(from++);
        while (b < 0) {
            length |= (b & 0x7F) << shift;
            shift += 7;
            b = texts.get(from++);
        }
        length |= b << shift;
        texts.get(from, into.ensure(at + length), at, length);
        next = number + 1;
        nextAt = from + length;
        return length;
    }

    private long find(long number) throws IOException {
        long entry = number / STEP * 8;
        long at = 0;
        for (int i = 0; i < 8; i++) {
            at = at << 8 | index.get(entry + i) & 0xFF;
        }
        for (long skip = number % STEP; skip > 0; skip--) {
            long length = 0;
            int shift = 0;
            byte b = texts.get(at++);
            while (b < 0) {
                length |= (long) (b & 0x7F) << shift;
                shift += 7;
                b = texts.get(at++);
            }
            at += length | (long) b << shift;
        }
        return at;
    }

    @Override
    public void close() throws IOException {
        try (texts) {
            index.close();
        }
    }
}
