// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A look at both ends of a file before the JDK opens it as a zip file: it says what a file is that is none, and keeps
 * the list of its entries, which the JDK holds in memory whole, within bounds.
 */
final class ZipTail {

    /** Room for some ten thousand entries; workbooks with thousands of pictures have fewer. */
    private static final long LARGEST_LIST = 4 << 20;

    private static final int END = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int END64_LOCATOR = 0x07064b50;
    private static final int END64_LOCATOR_LENGTH = 20;

    private ZipTail() {}

    static void check(String name, Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            CompoundLook.check(name, file);
            FileLook.check(name, read(file, 0, 1 << 12).array(), file.size());
            long from = Math.max(0, file.size() - END_LENGTH - 0xFFFF);
            ByteBuffer tail = read(file, from, (int) (file.size() - from));
            int at = tail.limit() - END_LENGTH;
            while (at >= 0 && tail.getInt(at) != END) {
                at--;
            }
            if (at < 0) {
                throw Failures.notAWorkbook(
                        name,
                        "begins like a package but its end is missing, so it was probably cut off on its way",
                        "get the file again from where it came from");
            }
            if (listLength(file, tail, at, from) > LARGEST_LIST) {
                throw Failures.notAWorkbook(
                        name, "is a zip file with more entries than a workbook has", "save it as .xlsx");
            }
        }
    }

    private static long listLength(FileChannel file, ByteBuffer tail, int end, long from) throws IOException {
        long length = tail.getInt(end + 12) & 0xFFFFFFFFL;
        int locator = end - END64_LOCATOR_LENGTH;
        if (length != 0xFFFFFFFFL || locator < 0 || tail.getInt(locator) != END64_LOCATOR) {
            return length;
        }
        ByteBuffer end64 = read(file, Math.max(0, Math.min(from + locator, tail.getLong(locator + 8))), 56);
        long length64 = end64.limit() < 48 ? -1 : end64.getLong(40);
        return length64 < 0 ? Long.MAX_VALUE : length64;
    }

    static ByteBuffer read(FileChannel file, long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(length, Math.max(0, file.size() - from)))
                .order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining() && file.read(bytes, from + bytes.position()) >= 0) {
            // until all is there
        }
        return bytes.flip();
    }
}
