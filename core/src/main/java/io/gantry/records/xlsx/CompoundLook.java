// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Tells what a compound file is: the container of workbooks before .xlsx and of those behind a password. */
final class CompoundLook {

    private static final long MAGIC = 0xE11AB1A1E011CFD0L;
    private static final int HEADER = 512;
    private static final int ENTRY = 128;
    /** So many pieces of the directory are looked at. */
    private static final int MOST_SECTORS = 64;

    private CompoundLook() {}

    /**
     * Refuses a compound file.
     *
     * @throws io.gantry.spi.ProviderException that says what it is
     */
    static void check(String name, FileChannel file) throws IOException {
        ByteBuffer head = ZipTail.read(file, 0, HEADER);
        if (head.limit() < Long.BYTES || head.getLong(0) != MAGIC) {
            return;
        }
        Set<String> streams = head.limit() < HEADER ? Set.of() : streams(file, head);
        if (streams.contains("encryptedpackage") || streams.contains("encryptioninfo")) {
            throw Failures.encrypted(name);
        }
        if (streams.contains("workbook") || streams.contains("book")) {
            throw Failures.unsupported(name, ".xls", "a workbook of Excel 97 to 2003", "gantry-poi");
        }
        String right = "choose the workbook itself";
        if (streams.contains("worddocument")) {
            throw Failures.notAWorkbook(name, "is a text document (.doc)", right);
        }
        if (streams.contains("powerpoint document")) {
            throw Failures.notAWorkbook(name, "is a presentation (.ppt)", right);
        }
        throw Failures.notAWorkbook(name, "is a compound file without a workbook in it, or a damaged one", right);
    }

    private static Set<String> streams(FileChannel file, ByteBuffer head) throws IOException {
        Set<String> names = new HashSet<>();
        int shift = Math.min(Math.max(head.getShort(30), 7), 16);
        int size = 1 << shift;
        long sector = head.getInt(48) & 0xFFFFFFFFL;
        for (int i = 0; i < MOST_SECTORS && (sector + 1) * size < file.size(); i++) {
            ByteBuffer entries = ZipTail.read(file, (sector + 1) * size, size);
            for (int at = 0; at + ENTRY <= entries.limit(); at += ENTRY) {
                int length = Math.min(64, entries.getShort(at + 64) & 0xFFFF) - 2;
                if (length > 0) {
                    byte[] text = new byte[length];
                    entries.get(at, text);
                    names.add(new String(text, StandardCharsets.UTF_16LE).toLowerCase(Locale.ROOT));
                }
            }
            sector = next(file, head, sector, size);
        }
        return names;
    }

    /** The sector behind another in its chain, by the table that the header lists the beginning of. */
    private static long next(FileChannel file, ByteBuffer head, long sector, int size) throws IOException {
        long table = sector / (size / Integer.BYTES);
        if (table >= 109) {
            return Long.MAX_VALUE >> 20;
        }
        long at = head.getInt(76 + (int) table * Integer.BYTES) & 0xFFFFFFFFL;
        long place = (at + 1) * size + sector % (size / Integer.BYTES) * Integer.BYTES;
        ByteBuffer entry = ZipTail.read(file, place, Integer.BYTES);
        return entry.limit() < Integer.BYTES ? Long.MAX_VALUE >> 20 : entry.getInt(0) & 0xFFFFFFFFL;
    }
}
