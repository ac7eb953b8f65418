// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds bytes eight at a time.
 *
 * <p>Adding 0x7F to the low seven bits of a byte carries into its high bit unless they are all zero, and never into the
 * next byte: so each test below is exact for every byte of the word. The buffer must go on for seven bytes behind the last
 * that can be found, which is why callers put a sentinel behind the data.
 */
final class Words {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long LOW = 0x7F7F7F7F7F7F7F7FL;
    private static final long HIGH = 0x8080808080808080L;
    /** Carries for each byte of 0x0E and above: line feed and carriage return are below, and hardly any text is. */
    private static final long CONTROL = (0x80 - 0x0E) * ONES;

    private Words() {}

    /** The word that {@link #find} compares with: the byte in all places. */
    static long repeat(byte wanted) {
        return (wanted & 0xFF) * ONES;
    }

    /**
     * Finds the first byte that is the wanted one or a control character below 0x0E.
     *
     * @param wanted from {@link #repeat}
     * @return its index; one must be there
     */
    static int find(byte[] buffer, int from, long wanted) {
        int at = from;
        while (true) {
            long word = (long) LONGS.get(buffer, at);
            long difference = word ^ wanted;
            long others = (((difference & LOW) + LOW) | difference) & (((word & LOW) + CONTROL) | word);
            long found = ~others & HIGH;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
            at += Long.BYTES;
        }
    }
}
