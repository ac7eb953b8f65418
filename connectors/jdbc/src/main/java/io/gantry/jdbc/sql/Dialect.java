// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.sql;

import io.gantry.spi.schema.FieldType;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything in which one database differs from others as far as tables are concerned. The methods here are those of a
 * database that knows standard SQL and has no more to offer; a class for a database overrides what it does otherwise. So
 * another database is one more class here, one more line in {@link #of}, and a run of the contract suites.
 */
public abstract class Dialect {

    /** The dialect of the database behind a connection. */
    public static Dialect of(DatabaseMetaData metadata) throws SQLException {
        return switch (Database.of(metadata)) {
            case POSTGRESQL -> new PostgresDialect();
            case H2 -> new H2Dialect();
            case SQLITE -> new SqliteDialect();
            case MYSQL -> new MySqlDialect();
            case OTHER -> new StandardDialect();
        };
    }

    // ---- sessions

    /** Sets a new session up, and returns what {@link #endSession} needs to restore it; null when there is nothing to. */
    @Nullable
    public String beginSession(Connection connection) throws SQLException {
        return null;
    }

    /** Restores the settings of a session. */
    public void endSession(Connection connection, String before) throws SQLException {}

    /** Ends what a session executes now. Called by another thread. */
    public void cancel(Connection connection, @Nullable Statement running) throws SQLException {
        if (running != null) {
            running.cancel();
        }
    }

    /** Whether the isolation of a transaction can be chosen. */
    public boolean choosesIsolation() {
        return true;
    }

    /** The isolation under which what was checked is still true when it is written. */
    public int isolation() {
        return Connection.TRANSACTION_SERIALIZABLE;
    }

    /** Keeps other writers out of a table until the transaction ends, where the isolation does not do it. */
    public void lockTable(Session session, String table) throws SQLException {}

    // ---- waiting for locks

    /** Limits how long a session waits for locks, and returns the statement that restores its setting; empty for none. */
    public String limitWaits(Session session, int seconds) throws SQLException {
        return "";
    }

    /** As above for one transaction, and for how long others wait for it when its process is frozen. */
    public void limitWaitsOfTransaction(Session session, int seconds) throws SQLException {}

    // ---- locks by name, which end with the connection

    /** Shows that an attempt is at work; false where the database has no such locks. */
    public boolean show(Session session, String name, int attempt) throws SQLException {
        return false;
    }

    /** Ends {@link #show}. */
    public void hide(Session session, String name, int attempt) throws SQLException {}

    /**
     * Ends the connections of earlier attempts, and waits until they are gone.
     *
     * @param seconds how long to wait for each
     */
    public void expel(Session session, String name, int attempt, int seconds) throws SQLException {}

    /** Whether staging tables that others see can be claimed by locks with names. */
    public boolean claimsStages() {
        return false;
    }

    // ---- the catalog

    /** Reads what a table is like. */
    public void readTable(Session session, TableId table, Catalog catalog) throws SQLException {
        MetadataCatalog.read(session, table, catalog);
    }

    /**
     * The tables and views of a schema.
     *
     * @param schema where to look; null for where the connection looks by itself
     * @param name the only one to look for; null for all
     */
    public List<Tables.Found> relations(Session session, @Nullable String schema, @Nullable String name)
            throws SQLException {
        return Tables.ofMetadata(session, schema, name);
    }

    /** The tables and views of a name, up to case, in every schema. */
    public List<Tables.Found> relationsAnywhere(Session session, String name) throws SQLException {
        return Tables.anywhere(session, name);
    }

    /** Whether what others call a schema is a catalog here. */
    public boolean schemasAreCatalogs() {
        return false;
    }

    /** Whether tables lie in schemas. */
    public boolean hasSchemas() {
        return true;
    }

    /** Whether two texts are equal to the database just when their bytes are. */
    public boolean comparesBytes() {
        return false;
    }

    /** Says in words why a row was refused. */
    public Explanation explain(Session session, TableId table, Refusal refusal) throws SQLException {
        return new Explanation(
                refusal.constraint().isEmpty()
                        ? "The database refuses the row"
                        : "The row violates the constraint " + refusal.constraint(),
                List.of());
    }

    /**
     * Fails when the session's user lacks a right on a table; does nothing where the database itself will tell.
     *
     * @param rights {@code SELECT}, {@code INSERT}, {@code UPDATE} or {@code DELETE}
     */
    public void confirmRights(Session session, TableId table, Collection<String> rights) throws SQLException {}

    // ---- what columns hold

    /** The least day of a date. */
    public long firstDay() {
        return Long.MIN_VALUE;
    }

    /** The greatest day of a date. */
    public long lastDay() {
        return Long.MAX_VALUE;
    }

    /** Whether no text may hold a NUL character. */
    public boolean refusesNul() {
        return false;
    }

    /** Whether the length of a text counts the two halves of a supplementary character. */
    public boolean countsHalves() {
        return false;
    }

    /** Whether floating-point columns hold infinities. */
    public boolean holdsInfinity() {
        return false;
    }

    /** Whether floating-point columns hold values that are no numbers. */
    public boolean holdsNoNumber() {
        return false;
    }

    /** How many digits an unbounded decimal keeps exactly; 0 for any number. */
    public int exactDigits() {
        return 0;
    }

    /** Whether dates, times and decimals are exchanged as text. */
    public boolean exchangesText() {
        return false;
    }

    /** Whether the driver knows {@link java.util.UUID}. */
    public boolean knowsUuid() {
        return true;
    }

    // ---- statements

    /** Whether rows go in and out by binary COPY, and each tells which transaction wrote it. */
    public boolean copies() {
        return false;
    }

    /** The condition that two values are the same, two nulls included. */
    public String same(String left, String right) {
        return "(" + left + " = " + right + " OR (" + left + " IS NULL AND " + right + " IS NULL))";
    }

    /** A value such that it equals another just when no character and no bit of them differs. */
    public final String exact(String value, TableColumn column) {
        if (column.type() == null) {
            return exactUnknown(value);
        }
        return column.type() == FieldType.STRING ? exactText(value, column) : value;
    }

    /** As above, of a type that no field can hold. */
    public String exactUnknown(String value) {
        return value;
    }

    /** As above, of text. */
    public String exactText(String value, TableColumn column) {
        return value;
    }

    /** A value such that its order is that of code points, of bytes, or of numbers. */
    public String ordered(String value, TableColumn column) {
        return exact(value, column);
    }

    /** Whether {@link #exact} keeps the database from using the index of a column. */
    public boolean exactHidesIndex(TableColumn column) {
        return false;
    }

    /** The place of a text in another, from 1; 0 where it is not in it. */
    public String position(String part, String text, TableColumn column) {
        return "POSITION(" + exact(part, column) + " IN " + exact(text, column) + ")";
    }

    /** What makes a staging table. It is private to the connection where the database can do that well. */
    public String createStage() {
        return "CREATE TABLE ";
    }

    /** Whether a staging table is private to its connection. */
    public boolean temporaryStage() {
        return false;
    }

    /** A value of the type for counts and row numbers, from which a column is made. */
    public String someLong() {
        return "CAST(0 AS BIGINT)";
    }

    /** A value from which a column is made that takes nulls, even when the value is never null. */
    public String nullable(String value) {
        return value;
    }

    /** A type for short text in tables of the ledger. */
    public String text(int length) {
        return "VARCHAR(" + length + ")";
    }

    /** Whether references are checked row by row, so that the order within one statement matters. */
    public boolean checksRowByRow() {
        return false;
    }

    /** Whether a row that refers to itself can only be deleted with the checks of references switched off. */
    public boolean keepsRowsThatReferToThemselves() {
        return false;
    }

    /** Whether rows to be deleted are found quickly only when their keys are listed. */
    public boolean listsKeys() {
        return true;
    }

    /**
     * Sets columns of a table from the rows of another.
     *
     * @param target the table, to be called {@code t} in conditions
     * @param source the other table or query, to be called {@code s}
     * @param on which rows belong together
     * @param columns quoted names, the same in both
     * @param where which pairs; not empty
     */
    public String update(String target, String source, String on, List<String> columns, String where) {
        return "MERGE INTO " + target + " t USING " + source + " s ON (" + on + " AND " + where
                + ") WHEN MATCHED THEN UPDATE SET " + set("", columns);
    }

    public static String set(String alias, List<String> columns) {
        return columns.stream().map(column -> alias + column + " = s." + column).collect(Collectors.joining(", "));
    }

    /** What must be said for values to be put into an identity column. */
    public String overriding() {
        return "";
    }

    /** An insert that answers with columns of the new rows. */
    public String returning(String insert, String columns) {
        return insert + " RETURNING " + columns;
    }

    /** Whether {@link #returning} works. */
    public boolean returns() {
        return true;
    }

    /** Deletes rows of a table, which is given another name for the condition. */
    public String delete(String table, String alias, String where) {
        return "DELETE FROM " + table + " AS " + alias + " WHERE " + where;
    }
}
