// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.sql;

import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import io.gantry.spi.records.Column;
import io.gantry.spi.records.DecimalColumn;
import io.gantry.spi.records.DoubleColumn;
import io.gantry.spi.records.LongColumn;
import io.gantry.spi.records.SliceColumn;
import io.gantry.spi.records.UuidColumn;
import io.gantry.spi.schema.FieldType;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Carries single values between fields and statements. PostgreSQL has its own way for many: {@code CopyEncoder}. */
public final class Cells {

    private final Dialect dialect;

    public Cells(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Sets a parameter to a row's value. */
    public void bind(PreparedStatement statement, int parameter, TableColumn type, Column column, int row)
            throws SQLException {
        if (column.isNull(row)) {
            statement.setNull(parameter, type.jdbcType() == Types.OTHER ? Types.NULL : type.jdbcType());
        } else if (column instanceof LongColumn number && type.type() == FieldType.INTEGER) {
            statement.setLong(parameter, number.get(row));
        } else if (column instanceof SliceColumn slice && type.type() == FieldType.STRING) {
            statement.setString(parameter, slice.string(row));
        } else {
            bind(statement, parameter, type, Objects.requireNonNull(column.object(row)));
        }
    }

    /** Sets a parameter to an object of the class that the field's type names. */
    public void bind(PreparedStatement statement, int parameter, TableColumn type, Object value) throws SQLException {
        boolean text = dialect.exchangesText();
        switch (type.fieldType()) {
            case STRING -> statement.setString(parameter, (String) value);
            case INTEGER -> statement.setLong(parameter, (Long) value);
            case DECIMAL -> {
                if (text) {
                    statement.setString(
                            parameter, ((BigDecimal) value).toPlainString()); // the column makes it a number
                } else {
                    statement.setBigDecimal(parameter, (BigDecimal) value);
                }
            }
            case FLOAT -> statement.setDouble(parameter, (Double) value);
            case BOOLEAN -> statement.setBoolean(parameter, (Boolean) value);
            case DATE -> statement.setObject(parameter, text ? value.toString() : value);
            case TIME -> statement.setObject(parameter, text ? text((LocalTime) value) : value);
            case TIMESTAMP -> {
                LocalDateTime utc = LocalDateTime.ofInstant((Instant) value, ZoneOffset.UTC);
                if (text) {
                    statement.setString(parameter, utc.toLocalDate() + " " + text(utc.toLocalTime()));
                } else {
                    statement.setObject(parameter, isZoned(type) ? utc.atOffset(ZoneOffset.UTC) : utc);
                }
            }
            case UUID -> {
                if (dialect.knowsUuid()) {
                    statement.setObject(parameter, value);
                } else {
                    statement.setString(parameter, value.toString());
                }
            }
            case BYTES -> statement.setBytes(parameter, (byte[]) value);
        }
    }

    /** PostgreSQL's driver tells of its type by name alone; without a zone, it would take the machine's. */
    private static boolean isZoned(TableColumn type) {
        return type.jdbcType() == Types.TIMESTAMP_WITH_TIMEZONE || type.hasType("timestamptz");
    }

    /** ISO text that sorts as the time does: with six digits of a second, or none where they are zero. */
    private static String text(LocalTime time) {
        String seconds =
                String.format(Locale.ROOT, "%02d:%02d:%02d", time.getHour(), time.getMinute(), time.getSecond());
        int micros = time.getNano() / 1_000;
        return micros == 0 ? seconds : seconds + String.format(Locale.ROOT, ".%06d", micros);
    }

    /** Puts a value of an answer into a row of a column. */
    public void read(ResultSet answer, int place, TableColumn type, Column column, int row) throws SQLException {
        switch (type.fieldType()) {
            case INTEGER -> {
                long value = answer.getLong(place);
                if (!answer.wasNull()) {
                    ((LongColumn) column).set(row, value);
                }
            }
            case BOOLEAN -> {
                boolean value = answer.getBoolean(place);
                if (!answer.wasNull()) {
                    ((LongColumn) column).set(row, value ? 1 : 0);
                }
            }
            case FLOAT -> {
                double value = answer.getDouble(place);
                if (!answer.wasNull()) {
                    ((DoubleColumn) column).set(row, value);
                }
            }
            case STRING -> {
                String value = answer.getString(place);
                if (value != null) {
                    ((SliceColumn) column).append(row, value);
                }
            }
            case DECIMAL -> {
                BigDecimal value = decimal(answer, place);
                if (value != null) {
                    ((DecimalColumn) column).set(row, value);
                }
            }
            case UUID -> {
                UUID value = uuid(answer, place);
                if (value != null) {
                    ((UuidColumn) column).set(row, value.getMostSignificantBits(), value.getLeastSignificantBits());
                }
            }
            default -> column.setObject(row, object(answer, place, type));
        }
    }

    /** A value of an answer, as an object of the class that the field's type names. */
    @Nullable
    public Object object(ResultSet answer, int place, TableColumn type) throws SQLException {
        try {
            return switch (type.fieldType()) {
                case STRING -> answer.getString(place);
                case INTEGER -> {
                    long value = answer.getLong(place);
                    yield answer.wasNull() ? null : (Object) value;
                }
                case DECIMAL -> decimal(answer, place);
                case FLOAT -> {
                    double value = answer.getDouble(place);
                    yield answer.wasNull() ? null : (Object) value;
                }
                case BOOLEAN -> {
                    boolean value = answer.getBoolean(place);
                    yield answer.wasNull() ? null : (Object) value;
                }
                case DATE -> date(answer, place);
                case TIME -> time(answer, place);
                case TIMESTAMP -> instant(answer, place, type);
                case UUID -> uuid(answer, place);
                case BYTES -> answer.getBytes(place);
            };
        } catch (DateTimeException | IllegalArgumentException e) {
            throw unreadable(type);
        }
    }

    public static ProviderException unreadable(TableColumn type) {
        return new ProviderException(
                "JDBC_VALUE_UNREADABLE",
                FailureKind.DATA,
                "Column '" + type.name() + "' of type " + type.typeName() + " holds a value that is no "
                        + type.fieldType()
                        + "; filter such rows out, or read the table through a view that mends them");
    }

    private @Nullable BigDecimal decimal(ResultSet answer, int place) throws SQLException {
        if (!dialect.exchangesText()) {
            return answer.getBigDecimal(place);
        }
        Object value = answer.getObject(place); // a double's own text is the decimal it was made of
        return value == null ? null : new BigDecimal(value.toString());
    }

    private @Nullable UUID uuid(ResultSet answer, int place) throws SQLException {
        if (dialect.knowsUuid()) {
            return answer.getObject(place, UUID.class);
        }
        String text = answer.getString(place);
        return text == null ? null : UUID.fromString(text);
    }

    private @Nullable LocalDate date(ResultSet answer, int place) throws SQLException {
        if (!dialect.exchangesText()) {
            return answer.getObject(place, LocalDate.class);
        }
        String text = answer.getString(place);
        return text == null ? null : LocalDate.parse(text);
    }

    private @Nullable LocalTime time(ResultSet answer, int place) throws SQLException {
        if (!dialect.exchangesText()) {
            return answer.getObject(place, LocalTime.class);
        }
        String text = answer.getString(place);
        return text == null ? null : LocalTime.parse(text);
    }

    private @Nullable Instant instant(ResultSet answer, int place, TableColumn type) throws SQLException {
        if (dialect.exchangesText()) {
            String text = answer.getString(place);
            return text == null
                    ? null
                    : LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
        }
        if (isZoned(type)) {
            OffsetDateTime value = answer.getObject(place, OffsetDateTime.class);
            return value == null ? null : value.toInstant();
        }
        LocalDateTime value = answer.getObject(place, LocalDateTime.class);
        return value == null ? null : value.toInstant(ZoneOffset.UTC);
    }
}
