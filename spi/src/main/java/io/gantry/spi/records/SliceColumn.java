// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.records;

import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.FieldType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * STRING values as well-formed UTF-8, or BYTES values as they are: slices of one buffer.
 *
 * <p>The buffer is either the column's own, which {@link #append} and {@link #reserve} fill and grow, or one that is
 * lent with {@link #borrow}, such as the buffer of the {@link TextBatch} the values were read from: then a value costs
 * no copy.
 */
public final class SliceColumn extends Column {

    private static final byte[] NONE = new byte[0];

    private final int[] offsets;
    private final int[] lengths;
    private byte[] buffer = NONE;
    private byte[] own = NONE;
    private int used;

    SliceColumn(Field field, int capacity) {
        super(field, capacity);
        offsets = new int[capacity];
        lengths = new int[capacity];
    }

    /**
     * The buffer that {@link #offset} and {@link #length} speak of. It may change with every value that is appended.
     *
     * @return not to be written to, but for what {@link #reserve} gave
     */
    public byte[] buffer() {
        return buffer;
    }

    /**
     * Where a row's value begins.
     *
     * @param row from 0
     * @return an index of the buffer
     */
    public int offset(int row) {
        return offsets[row];
    }

    /**
     * How many bytes a row's value has.
     *
     * @param row from 0
     * @return 0 or more
     */
    public int length(int row) {
        return lengths[row];
    }

    /**
     * Uses another's buffer from now on; the values set before are no longer valid.
     *
     * @param buffer must stay unchanged as long as the values are used
     */
    public void borrow(byte[] buffer) {
        this.buffer = buffer;
    }

    /**
     * Sets a row's value to a slice that is in the buffer already.
     *
     * @param row from 0
     * @param offset where it begins
     * @param length its number of bytes
     */
    public void set(int row, int offset, int length) {
        offsets[row] = offset;
        lengths[row] = length;
        setPresent(row);
    }

    /**
     * Sets a row's value to a copy of bytes, kept in the column's own buffer.
     *
     * @param row from 0
     * @param bytes where the value is
     * @param offset where it begins
     * @param length its number of bytes
     */
    public void append(int row, byte[] bytes, int offset, int length) {
        int at = reserve(length);
        System.arraycopy(bytes, offset, buffer, at, length);
        set(row, at, length);
    }

    /**
     * Sets a row's value to a text, kept as UTF-8 in the column's own buffer.
     *
     * @param row from 0
     * @param text the value
     */
    public void append(int row, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        append(row, bytes, 0, bytes.length);
    }

    /**
     * Makes room in the column's own buffer, for a value that {@link #set} then names.
     *
     * @param length number of bytes that will be written
     * @return where to write them in {@link #buffer()}
     */
    public int reserve(int length) {
        if (buffer != own) {
            used = 0;
        }
        if (own.length - used < length) {
            own = Arrays.copyOf(own, Math.max(Math.max(1024, own.length * 2), Math.addExact(used, length)));
        }
        buffer = own;
        int at = used;
        used += length;
        return at;
    }

    /**
     * A STRING value as an object.
     *
     * @param row from 0, one that has a value
     * @return the text
     */
    public String string(int row) {
        return new String(buffer, offsets[row], lengths[row], StandardCharsets.UTF_8);
    }

    @Override
    Object present(int row) {
        return field().type() == FieldType.STRING
                ? string(row)
                : Arrays.copyOfRange(buffer, offsets[row], offsets[row] + lengths[row]);
    }

    @Override
    void setValue(int row, Object value) {
        if (field().type() == FieldType.STRING) {
            append(row, (String) value);
        } else {
            byte[] bytes = (byte[]) value;
            append(row, bytes, 0, bytes.length);
        }
    }

    @Override
    void moveValue(int from, int to) {
        offsets[to] = offsets[from];
        lengths[to] = lengths[from];
    }

    @Override
    void clear(int rows) {
        super.clear(rows);
        used = 0;
    }
}
