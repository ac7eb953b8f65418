// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.jdbc.sql.Dialect;
import io.gantry.jdbc.sql.TableColumn;
import io.gantry.jdbc.table.ColumnFit.Fault;
import io.gantry.spi.dataset.RowIssues;
import io.gantry.spi.records.Column;
import io.gantry.spi.records.RowBatch;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether single values fit their columns, so that the database neither refuses a whole batch for one of them nor rounds or
 * cuts one silently. Costs a few comparisons per value; remembers 14 bytes for each misfit.
 */
final class Fit {

    /** A row all of whose values fit. */
    static final byte FITS = 0;
    /** A row with a value that does not fit, outside of its key. */
    static final byte MISFIT = 1;
    /** A row with a value in its key that does not fit. */
    static final byte KEYLESS = 2;

    private static final Fault[] FAULTS = Fault.values();

    private final String[] names;
    private final @Nullable ColumnFit[] columns;
    private final boolean[] required;
    private final boolean[] key;
    private long[] numbers = new long[16];
    private short[] places = new short[16];
    private byte[] faults = new byte[16];
    private int misfits;

    /**
     * Makes the check.
     *
     * @param columns of the load, in order
     * @param key the fields that must have a value whatever the column says
     * @param blankable fields that need none, because the database makes one up
     */
    Fit(Dialect dialect, List<TableColumn> columns, Set<String> key, Set<String> blankable) {
        names = columns.stream().map(TableColumn::name).toArray(String[]::new);
        this.columns = new ColumnFit[names.length];
        required = new boolean[names.length];
        this.key = new boolean[names.length];
        for (int i = 0; i < names.length; i++) {
            this.columns[i] = ColumnFit.of(dialect, columns.get(i));
            this.key[i] = key.contains(names[i]);
            required[i] = (this.key[i] || !columns.get(i).nullable()) && !blankable.contains(names[i]);
        }
    }

    /** How many values did not fit so far. */
    int misfits() {
        return misfits;
    }

    /** Forgets all misfits. */
    void clear() {
        misfits = 0;
    }

    /** Tells each misfit. */
    void tell(RowIssues issues) {
        for (int i = 0; i < misfits; i++) {
            Fault fault = FAULTS[faults[i]];
            String name = names[places[i]];
            issues.reject(numbers[i], List.of(name), fault.name(), "The value of " + name + " " + fault.rule);
        }
    }

    /**
     * Checks a batch.
     *
     * @param states set for each row to one of {@link #FITS}, {@link #MISFIT}, {@link #KEYLESS}
     * @return how many rows do not fit
     */
    int check(RowBatch rows, byte[] states) {
        int before = misfits;
        Arrays.fill(states, 0, rows.size(), FITS);
        for (int i = 0; i < columns.length; i++) {
            ColumnFit fit = columns[i];
            if (fit != null || required[i]) {
                check(rows, i, fit, states);
            }
        }
        int count = 0;
        for (int row = 0; misfits > before && row < rows.size(); row++) {
            count += states[row] == FITS ? 0 : 1;
        }
        return count;
    }

    private void check(RowBatch rows, int place, @Nullable ColumnFit fit, byte[] states) {
        Column column = rows.column(place);
        for (int row = 0; row < rows.size(); row++) {
            Fault fault = null;
            if (!column.isNull(row)) {
                fault = fit == null ? null : fit.fault(column, row);
            } else if (required[place]) {
                fault = Fault.REQUIRED;
            }
            if (fault != null) {
                note(rows.number(row), place, fault);
                states[row] = key[place] ? KEYLESS : states[row] == FITS ? MISFIT : states[row];
            }
        }
    }

    private void note(long number, int place, Fault fault) {
        if (misfits == numbers.length) {
            numbers = Arrays.copyOf(numbers, misfits * 2);
            places = Arrays.copyOf(places, misfits * 2);
            faults = Arrays.copyOf(faults, misfits * 2);
        }
        numbers[misfits] = number;
        places[misfits] = (short) place;
        faults[misfits++] = (byte) fault.ordinal();
    }
}
