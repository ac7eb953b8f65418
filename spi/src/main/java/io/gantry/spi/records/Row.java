// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.records;

import io.gantry.spi.schema.FieldType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over the rows of a batch, convenient rather than fast.
 *
 * <pre>{@code
 * for (Row row = batch.rows(); row.next(); ) {
 *     save(row.string("email"), row.date("born"));
 * }
 * }</pre>
 *
 * <p>Each getter gives null where the row has no value, and throws {@link ClassCastException} when the field is of
 * another type, {@link IllegalArgumentException} when there is no such field.
 */
public final class Row {

    private final RowBatch batch;
    private int at = -1;

    Row(RowBatch batch) {
        this.batch = batch;
    }

    /**
     * Goes to the next row.
     *
     * @return false when there is none
     */
    public boolean next() {
        return ++at < batch.size();
    }

    /**
     * The row's number in its file.
     *
     * @return see {@link RowBatch#number}
     */
    public long number() {
        return batch.number(at);
    }

    /**
     * A value of any type.
     *
     * @param field its name
     * @return an object of the class {@link FieldType} names, or null
     */
    public @Nullable Object object(String field) {
        return batch.column(batch.index(field)).object(at);
    }

    /**
     * A STRING.
     *
     * @param field its name
     * @return the value, or null
     */
    public @Nullable String string(String field) {
        return (String) object(field);
    }

    /**
     * An INTEGER.
     *
     * @param field its name
     * @return the value, or null
     */
    public @Nullable Long integer(String field) {
        return (Long) object(field);
    }

    /**
     * A DECIMAL.
     *
     * @param field its name
     * @return the value, or null
     */
    public @Nullable BigDecimal decimal(String field) {
        return (BigDecimal) object(field);
    }

    /**
     * A FLOAT.
     *
     * @param field its name
     * @return the value, or null
     */
    public @Nullable Double real(String field) {
        return (Double) object(field);
    }

    /**
     * A BOOLEAN.
     *
     * @param field its name
     * @return the value, or null
     */
    public @Nullable Boolean bool(String field) {
        return (Boolean) object(field);
    }

    /**
     * A DATE.
     *
     * @param field its name
     * @return the value, or null
     */
    public @Nullable LocalDate date(String field) {
        return (LocalDate) object(field);
    }

    /**
     * A TIME.
     *
     * @param field its name
     * @return the value, or null
     */
    public @Nullable LocalTime time(String field) {
        return (LocalTime) object(field);
    }

    /**
     * A TIMESTAMP.
     *
     * @param field its name
     * @return the value, or null
     */
    public @Nullable Instant timestamp(String field) {
        return (Instant) object(field);
    }

    /**
     * A UUID.
     *
     * @param field its name
     * @return the value, or null
     */
    public @Nullable UUID uuid(String field) {
        return (UUID) object(field);
    }

    /**
     * BYTES.
     *
     * @param field its name
     * @return a copy of the value, or null
     */
    public byte @Nullable [] bytes(String field) {
        return (byte[]) object(field);
    }
}
