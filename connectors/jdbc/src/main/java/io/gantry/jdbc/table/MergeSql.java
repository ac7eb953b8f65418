// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.jdbc.sql.Dialect;
import io.gantry.jdbc.sql.Layout;
import io.gantry.jdbc.sql.Names;
import io.gantry.jdbc.sql.Session;
import io.gantry.jdbc.sql.TableColumn;
import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The pieces of SQL that every merge is made of: {@code s} is a staged row, {@code t} a row of the table. */
final class MergeSql {

    private final Session session;
    private final LoadPlan plan;
    private final Ledger ledger;
    private final long run;
    private final Names names;
    private final Dialect dialect;
    private final String rejected;

    /** The table. */
    final String target;
    /** The staging table. */
    final String source;
    /** The number of a staged row. */
    final String number;
    /** The table of images. */
    final String images;

    MergeSql(Session session, LoadPlan plan, Stage stage, Ledger ledger, long run) {
        this.session = session;
        this.plan = plan;
        this.ledger = ledger;
        this.run = run;
        names = session.names();
        dialect = session.dialect();
        target = names.quote(plan.layout().table());
        source = stage.table();
        number = "s." + stage.number();
        rejected = stage.bad();
        images = ledger.images(ledger.imagesName());
    }

    /** Whether the ledger keeps images: of a table without a key nothing could be found again. */
    boolean keepsImages() {
        return !plan.layout().key().isEmpty();
    }

    /** That a staged row is not rejected. */
    String all() {
        return number + " > 0";
    }

    /** That a staged row is among some, and not rejected. */
    String between(long from, long to) {
        return number + " BETWEEN " + from + " AND " + to;
    }

    /** That a staged row and a row of the table have the same key. */
    String on() {
        return names.all(plan.key(), name -> "t." + name + " = s." + name);
    }

    /** That a staged row holds nothing new. */
    String same() {
        return plan.values().isEmpty()
                ? "1 = 1"
                : plan.values().stream()
                        .map(name -> {
                            TableColumn column = plan.layout().column(name);
                            String quoted = names.quote(name);
                            return dialect.same(
                                    dialect.exact("t." + quoted, column), dialect.exact(value(name), column));
                        })
                        .collect(Collectors.joining(" AND "));
    }

    /** A staged value, as the table's column takes it. */
    String value(String name) {
        String cast = plan.layout().column(name).cast();
        String value = "s." + names.quote(name);
        return cast.isEmpty() ? value : "CAST(" + value + " AS " + cast + ")";
    }

    /** Adds the staged rows that are meant. */
    String insert(String where) {
        return insert("", where);
    }

    /** Adds the staged rows that are meant to the table, which is given another name. */
    String insert(String alias, String where) {
        return insert(alias, plan.fields(), where);
    }

    private String insert(String alias, List<String> fields, String where) {
        String values = fields.stream().map(this::value).collect(Collectors.joining(", "));
        return "INSERT INTO " + target + alias + " (" + names.list("", fields) + ")" + dialect.overriding() + " SELECT "
                + values + " FROM " + source + " s WHERE " + where;
    }

    /** Adds the staged rows that are meant, without the fields that the database makes up for them. */
    String insertBlank(String where) {
        return insert(
                "",
                plan.fields().stream()
                        .filter(field -> !plan.blankable().contains(field))
                        .toList(),
                where);
    }

    /** That a staged row leaves it to the database to make up its key; nothing where none may. */
    Optional<String> blank() {
        return plan.blankable().stream().findFirst().map(field -> "s." + names.quote(field) + " IS NULL");
    }

    /** Changes the rows of the table that have the keys of staged rows. */
    String update(String where) {
        List<String> columns = names.quote(plan.settable());
        boolean casts = plan.values().stream()
                .anyMatch(name -> !plan.layout().column(name).cast().isEmpty());
        String from = casts
                ? "(SELECT "
                        + plan.fields().stream()
                                .map(name -> value(name) + " AS " + names.quote(name))
                                .collect(Collectors.joining(", "))
                        + ", " + number + " FROM " + source + " s)"
                : source;
        return dialect.update(target, from, on(), columns, where);
    }

    /**
     * Keeps images of rows.
     *
     * @param kind of {@link Ledger}, as SQL
     * @param row the row's number
     * @param columns of the table, to be kept
     * @param values for them
     * @param from where they come from, with what follows
     */
    String keep(String kind, String row, Collection<String> columns, String values, String from) {
        boolean versions = dialect.copies();
        return "INSERT INTO " + images + " (" + ledger.run() + ", " + ledger.row() + ", " + ledger.kind()
                + (versions ? ", " + ledger.version() : "") + ", " + names.list("", columns) + ") SELECT " + run + ", "
                + row + ", " + kind + ", " + values + " FROM " + from;
    }

    /** All columns of an image, from the table. */
    String whole() {
        return (dialect.copies() ? "t.xmin, " : "") + ledger.columns("t.");
    }

    /** That there is an image of a kind for a staged row. */
    String imaged(String kind) {
        return "EXISTS (SELECT 1 FROM " + images + " i WHERE i." + ledger.run() + " = " + run + " AND i."
                + ledger.kind() + " = '" + kind + "' AND i." + ledger.row() + " = " + number + ")";
    }

    /** That the file does not name a row of the table. */
    String gone() {
        return "NOT EXISTS (SELECT 1 FROM " + source + " s WHERE " + on() + ")";
    }

    /** Fails when other tables refer to rows that the file does not name. */
    void refuseReferred() throws SQLException {
        for (Layout.Link link : plan.layout().referrers()) {
            if (!link.from().equals(plan.layout().table())) {
                refuseIfReferred(link, gone());
            }
        }
    }

    /** Deletes the rows whose key is not among the staged ones, after keeping images of them. */
    long replace() throws SQLException {
        refuseReferred();
        String gone = gone();
        long kept = 0;
        if (keepsImages()) {
            kept = session.update(keep(
                    "'" + Ledger.DELETED + "'",
                    "-ROW_NUMBER() OVER (ORDER BY "
                            + names.list("t.", plan.layout().key()) + ")",
                    plan.layout().stored(),
                    whole(),
                    target + " t WHERE " + gone));
        }
        long deleted = Deletion.delete(session, plan.layout(), gone);
        return deleted < kept ? kept - refuseStaying(gone) : deleted;
    }

    /** Rows may have gone along with others to which they refer; none may be there still. */
    private long refuseStaying(String gone) throws SQLException {
        long staying = session.number("SELECT COUNT(*) FROM " + target + " t WHERE " + gone);
        if (staying > 0) {
            throw new ProviderException(
                    "JDBC_ROWS_NOT_DELETED",
                    FailureKind.DATA,
                    staying + " rows of " + plan.layout().table().fullName()
                            + " that the file does not name were not deleted: a trigger or a rule of the database keeps"
                            + " them",
                    Map.of("rows", staying),
                    null);
        }
        return staying;
    }

    /** Rejects the staged rows that are meant, for a rule, and gives their number. */
    long reject(String where, int rule) throws SQLException {
        return session.update("INSERT INTO " + rejected + " (gantry_row, gantry_rule) SELECT " + number + ", " + rule
                + " FROM " + source + " s WHERE " + where);
    }

    /** That the table has no row with the key of a staged row. */
    String absent() {
        return "NOT EXISTS (SELECT 1 FROM " + target + " t WHERE " + on() + ")";
    }

    /** Neither may the database forbid it later, nor delete rows of other tables along, which no rollback would know of. */
    private void refuseIfReferred(Layout.Link link, String gone) throws SQLException {
        long referred = session.number(
                "SELECT COUNT(*) FROM " + target + " t WHERE " + gone + " AND " + Deletion.referred(names, link));
        if (referred > 0) {
            throw new ProviderException(
                    "JDBC_ROWS_REFERRED_TO",
                    FailureKind.DATA,
                    referred + " rows of " + plan.layout().table().name()
                            + " that the file does not name cannot be deleted: rows of "
                            + link.from().name() + " refer to them by " + link.columns(),
                    Map.of("rows", referred, "table", link.from().name()),
                    null);
        }
    }

    /** The columns that identify a row of the table. */
    List<String> identity() {
        return plan.layout().key();
    }

    Names names() {
        return names;
    }
}
