// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.records;

import io.gantry.spi.schema.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A few thousand rows of typed values, held by column: the unit that moves through the engine.
 *
 * <p>Reused: {@link #clear()} makes it ready for the next rows. Not safe for use by several threads at once.
 */
public final class RowBatch {

    private final List<Field> fields;
    private final Column[] columns;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final long[] numbers;
    private int size;

    /**
     * Makes an empty batch.
     *
     * @param fields what the columns hold, in order; names unique
     * @param capacity the greatest number of rows, at least 1
     */
    public RowBatch(List<Field> fields, int capacity) {
        this.fields = List.copyOf(fields);
        this.columns = new Column[fields.size()];
        this.numbers = new long[capacity];
        for (int i = 0; i < columns.length; i++) {
            Field field = fields.get(i);
            columns[i] = Column.of(field, capacity);
            indexes.put(field.name(), i);
        }
    }

    /**
     * What the columns hold.
     *
     * @return unmodifiable, in order
     */
    public List<Field> fields() {
        return fields;
    }

    /**
     * The greatest number of rows.
     *
     * @return at least 1
     */
    public int capacity() {
        return numbers.length;
    }

    /**
     * The number of rows in it.
     *
     * @return 0 to capacity
     */
    public int size() {
        return size;
    }

    /**
     * A column by its place.
     *
     * @param index from 0
     * @return the column
     */
    public Column column(int index) {
        return columns[index];
    }

    /**
     * Where a field's column is. Look it up once per batch layout, not once per row.
     *
     * @param field a name
     * @return an index
     * @throws IllegalArgumentException when there is no such field
     */
    public int index(String field) {
        Integer index = indexes.get(field);
        if (index == null) {
            throw new IllegalArgumentException(
                    "Field '" + field + "' is not in this batch; its fields are " + indexes.keySet());
        }
        return index;
    }

    /**
     * Begins one more row, without values.
     *
     * @param number the row's number in its file, from 1; see {@link #number}
     * @return its index in the batch
     * @throws IndexOutOfBoundsException when the batch is full
     */
    public int add(long number) {
        numbers[size] = number;
        return size++;
    }

    /**
     * Adds a row of objects; for small datasets and tests.
     *
     * @param number the row's number in its file, from 1
     * @param values one for each column, of the class {@link io.gantry.spi.schema.FieldType} names, or null
     */
    public void add(long number, @Nullable Object... values) {
        if (values.length != columns.length) {
            throw new IllegalArgumentException(
                    values.length + " values for " + columns.length + " fields " + indexes.keySet());
        }
        int row = add(number);
        for (int i = 0; i < columns.length; i++) {
            columns[i].setObject(row, values[i]);
        }
    }

    /**
     * Which record of the file a row came from; it names the row in reports. Rows come in ascending order.
     *
     * @param row from 0
     * @return from 1, the header being a record too; for rows that come from no file, any ascending number
     */
    public long number(int row) {
        return numbers[row];
    }

    /**
     * Whether no further row fits.
     *
     * @return true when size is capacity
     */
    public boolean isFull() {
        return size == numbers.length;
    }

    /** Forgets all rows. */
    public void clear() {
        for (Column column : columns) {
            column.clear(size);
        }
        size = 0;
    }

    /**
     * Drops rows and closes the gaps, keeping the order.
     *
     * @param dropped true for each row to drop, at least {@link #size()} long
     */
    public void drop(boolean[] dropped) {
        int to = 0;
        for (int from = 0; from < size; from++) {
            if (!dropped[from]) {
                if (from != to) {
                    numbers[to] = numbers[from];
                    for (Column column : columns) {
                        column.move(from, to);
                    }
                }
                to++;
            }
        }
        for (Column column : columns) {
            column.setNulls(to, size); // the places behind the last row begin without values, as after clear()
        }
        size = to;
    }

    /**
     * A cursor over the rows, for those who think in rows.
     *
     * @return placed before the first row
     */
    public Row rows() {
        return new Row(this);
    }
}
