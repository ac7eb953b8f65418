// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.jdbc.sql.Cells;
import io.gantry.jdbc.sql.PostgresConnection;
import io.gantry.jdbc.sql.Session;
import io.gantry.jdbc.sql.TableColumn;
import io.gantry.jdbc.table.CopyEncoder.Form;
import io.gantry.spi.dataset.DatasetReader;
import io.gantry.spi.records.Column;
import io.gantry.spi.records.DecimalColumn;
import io.gantry.spi.records.DoubleColumn;
import io.gantry.spi.records.LongColumn;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.records.SliceColumn;
import io.gantry.spi.records.UuidColumn;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.copy.CopyOut;

/** Reads rows of PostgreSQL by binary COPY, straight into the vectors of a batch. */
final class CopyReader implements DatasetReader {

    private static final String READING = "reading rows";
    private static final int HEADER = 19;
    private static final int FEW = 1_000;
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final Session session;
    private final TableColumn[] columns;
    private final Form[] forms;
    private final CopyOut copy;
    private byte[] message = new byte[0];
    private int at;
    private long number;
    private boolean begun;
    private boolean ended;

    private CopyReader(Session session, List<TableColumn> columns, CopyOut copy) {
        this.session = session;
        this.columns = columns.toArray(TableColumn[]::new);
        this.copy = copy;
        forms = columns.stream().map(Form::of).toArray(Form[]::new);
    }

    /**
     * Begins a COPY.
     *
     * @param session closed with the reader
     * @param query what to copy
     * @param columns what the query selects
     */
    static DatasetReader open(Session session, String query, List<TableColumn> columns) throws SQLException {
        CopyOut copy = PostgresConnection.of(session.connection())
                .getCopyAPI()
                .copyOut("COPY (" + query + ") TO STDOUT (FORMAT BINARY)");
        return new CopyReader(session, columns, copy);
    }

    @Override
    public boolean read(RowBatch into) {
        into.clear();
        return session.attempt(READING, () -> {
            while (!into.isFull() && more()) {
                int row = into.add(++number);
                for (int i = 0; i < forms.length; i++) {
                    int length = (int) INT.get(message, at);
                    at += 4;
                    if (length >= 0) {
                        value(i, into.column(i), row, length);
                        at += length;
                    }
                }
            }
            return into.size() > 0;
        });
    }

    /** Goes behind the number of fields with which each row begins. */
    private boolean more() throws SQLException {
        while (!ended && at >= message.length) {
            byte[] next = copy.readFromCopy();
            ended = next == null;
            if (next != null) {
                message = next;
                at = 0;
                if (!begun) {
                    begun = true;
                    at = HEADER;
                }
            }
        }
        if (ended) {
            return false;
        }
        short fields = (short) SHORT.get(message, at);
        at += 2;
        return fields >= 0 || more();
    }

    private void value(int place, Column column, int row, int length) {
        switch (forms[place]) {
            case BOOL -> ((LongColumn) column).set(row, message[at]);
            case INT2 -> ((LongColumn) column).set(row, (short) SHORT.get(message, at));
            case INT4 -> ((LongColumn) column).set(row, (int) INT.get(message, at));
            case INT8, TIME -> ((LongColumn) column).set(row, (long) LONG.get(message, at));
            case DATE -> {
                int days = (int) INT.get(message, at);
                if (days == Integer.MAX_VALUE || days == Integer.MIN_VALUE) {
                    throw Cells.unreadable(columns[place]); // infinity
                }
                ((LongColumn) column).set(row, days + (long) CopyEncoder.EPOCH_DAYS);
            }
            case TIMESTAMP -> {
                long micros = (long) LONG.get(message, at);
                if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
                    throw Cells.unreadable(columns[place]); // infinity
                }
                ((LongColumn) column).set(row, micros + CopyEncoder.EPOCH_MICROS);
            }
            case FLOAT4 -> ((DoubleColumn) column).set(row, Float.intBitsToFloat((int) INT.get(message, at)));
            case FLOAT8 -> ((DoubleColumn) column).set(row, Double.longBitsToDouble((long) LONG.get(message, at)));
            case UUID -> ((UuidColumn) column).set(row, (long) LONG.get(message, at), (long) LONG.get(message, at + 8));
            case NUMERIC -> numeric(place, (DecimalColumn) column, row);
            case BYTES -> ((SliceColumn) column).append(row, message, at, length);
        }
    }

    /** See {@link CopyEncoder} for the layout. */
    private void numeric(int place, DecimalColumn column, int row) {
        int groups = (short) SHORT.get(message, at);
        int weight = (short) SHORT.get(message, at + 2);
        int sign = (short) SHORT.get(message, at + 4);
        int scale = (short) SHORT.get(message, at + 6);
        if (sign != 0 && sign != 0x4000) {
            throw Cells.unreadable(columns[place]); // NaN or infinity
        }
        int last = -((scale + 3) / 4);
        if ((Math.max(weight, 0) + 1 - last) * 4 > 18) {
            big(column, row, groups, weight, sign, scale);
            return;
        }
        long digits = 0;
        for (int group = Math.max(weight, 0); group >= last; group--) {
            int index = weight - group;
            digits = digits * 10_000
                    + (index >= 0 && index < groups ? (short) SHORT.get(message, at + 8 + index * 2) : 0);
        }
        for (int surplus = -last * 4 - scale; surplus > 0; surplus--) {
            digits /= 10;
        }
        column.set(row, sign == 0 ? digits : -digits, scale);
    }

    private void big(DecimalColumn column, int row, int groups, int weight, int sign, int scale) {
        StringBuilder text = new StringBuilder("0");
        for (int i = 0; i < groups; i++) {
            String group = Integer.toString((short) SHORT.get(message, at + 8 + i * 2));
            text.append("0".repeat(4 - group.length())).append(group);
        }
        BigDecimal value = new BigDecimal(new BigInteger(text.toString()))
                .scaleByPowerOfTen((weight - groups + 1) * 4)
                .setScale(scale);
        column.set(row, sign == 0 ? value : value.negate());
    }

    @Override
    public void close() {
        try (session) {
            drain(FEW);
            if (copy.isActive()) {
                // The driver's own cancelCopy leaves what was sent meanwhile unread, and the connection unusable.
                PostgresConnection.of(session.connection()).cancelQuery();
                drain(Long.MAX_VALUE);
            }
        } catch (SQLException e) {
            // It was cancelled as wished, or the connection is broken: nothing is left to be closed.
        }
    }

    /** Reads on as far as there are rows, but not more than so many. */
    private void drain(long rows) throws SQLException {
        for (long i = 0; i < rows && copy.isActive(); i++) {
            copy.readFromCopy();
        }
    }
}
