// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.jdbc.sql.Explanation;
import io.gantry.jdbc.sql.Layout;
import io.gantry.jdbc.sql.Names;
import io.gantry.jdbc.sql.Refusal;
import io.gantry.jdbc.sql.Session;
import io.gantry.jdbc.sql.TableColumn;
import io.gantry.spi.dataset.Duplicates;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.dataset.RowIssues;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Checks the staged rows against each other and against the dataset, by one statement for each rule. The contract suite of
 * datasets says which rule comes when.
 */
final class SetChecks {

    /** Tells for a set of fields when it is sure that no two staged rows have the same values in them. */
    @FunctionalInterface
    interface Repeats {
        boolean surelyNone(Collection<String> fields);
    }

    private record Rule(String code, List<String> fields, String message) {}

    private final Session session;
    private final LoadPlan plan;
    private final Stage stage;
    private final Repeats repeats;
    private final Names names;
    private final String target;
    private final String source;
    private final List<Rule> rules = new ArrayList<>();

    SetChecks(Session session, LoadPlan plan, Stage stage, Repeats repeats) {
        this.session = session;
        this.plan = plan;
        this.stage = stage;
        this.repeats = repeats;
        this.names = session.names();
        this.target = names.quote(plan.layout().table());
        this.source = stage.table();
    }

    /** A rule for rows that only turn out to be refused when they are merged. */
    int refusal(Refusal refusal) throws SQLException {
        Explanation why = session.dialect().explain(session, plan.layout().table(), refusal);
        List<String> fields =
                why.columns().stream().filter(plan.fields()::contains).toList();
        return rule(new Rule("CONSTRAINT_VIOLATED", fields, why.message()));
    }

    /** The rule for rows that the database took, and did not keep. */
    int dropped() {
        return rule(new Rule("DROPPED_BY_DATABASE", List.of(), "A trigger or a rule of the database drops the row"));
    }

    private int rule(Rule rule) {
        int index = rules.indexOf(rule);
        if (index < 0) {
            index = rules.size();
            rules.add(rule);
        }
        return index;
    }

    /** The rule for values that the database cannot read as the type of their column. */
    int unreadable(TableColumn column) {
        String wanted = "The value of " + column.name() + " cannot be read as " + column.cast();
        if (column.hasType("enum")) {
            wanted = "The value of " + column.name() + " is none of the labels of " + column.cast() + ": "
                    + session.attempt("reading the labels of a type", () -> labels(column));
        }
        rules.add(new Rule("INVALID_VALUE", List.of(column.name()), wanted));
        return rules.size() - 1;
    }

    private String labels(TableColumn column) throws SQLException {
        List<String> labels = new ArrayList<>();
        session.query(
                "SELECT enumlabel FROM pg_enum WHERE enumtypid = CAST(? AS regtype) ORDER BY enumsortorder LIMIT 30",
                row -> labels.add(row.getString(1)),
                column.cast());
        return String.join(", ", labels);
    }

    /** Checks everything, and gives the number of rows that are rejected. */
    long run() throws SQLException {
        long before = session.number("SELECT COUNT(*) FROM " + stage.bad());
        repeatedKeys();
        existence();
        loops();
        uniques();
        loops();
        return before == 0 && rules.isEmpty()
                ? 0
                : session.number("SELECT COUNT(DISTINCT gantry_row) FROM " + stage.bad());
    }

    /** Tells each rejected row, in order. */
    void tell(RowIssues issues) throws SQLException {
        if (!rules.isEmpty()) {
            session.query(
                    "SELECT DISTINCT gantry_row, gantry_rule FROM " + stage.bad() + " ORDER BY gantry_row, gantry_rule",
                    row -> {
                        Rule rule = rules.get(row.getInt(2));
                        issues.reject(row.getLong(1), rule.fields, rule.code, rule.message);
                    });
        }
    }

    private void repeatedKeys() throws SQLException {
        List<String> key = plan.key();
        if (key.isEmpty() || repeats.surelyNone(key)) {
            return;
        }
        Duplicates duplicates = plan.load().rules().duplicates();
        String message = "The file has several rows with the same " + String.join(", ", key);
        Rule rule = new Rule("DUPLICATE_KEY", key, message);
        if (rejectRepeated(rule, key, duplicates) > 0) {
            stage.withdraw();
        }
    }

    private long rejectRepeated(Rule rule, List<String> fields, Duplicates duplicates) throws SQLException {
        String place = duplicates == Duplicates.REJECT_ALL
                ? "COUNT(*) OVER (PARTITION BY " + names.list("s.", fields) + ")"
                : "ROW_NUMBER() OVER (PARTITION BY " + names.list("s.", fields) + " ORDER BY s." + stage.number()
                        + (duplicates == Duplicates.KEEP_LAST ? " DESC)" : ")");
        return reject(
                rule,
                "SELECT r.n FROM (SELECT s." + stage.number() + " AS n, " + place + " AS place FROM " + source
                        + " s WHERE s." + stage.number() + " > 0 AND " + present(fields) + ") r WHERE r.place > 1");
    }

    private void existence() throws SQLException {
        List<String> key = plan.key();
        String there = "EXISTS (SELECT 1 FROM " + target + " t WHERE " + equal(key, "t.") + ")";
        long found = 0;
        if (plan.mode() == LoadMode.INSERT && !key.isEmpty()) {
            found += reject(
                    new Rule("ALREADY_EXISTS", key, "The dataset has a row with this " + String.join(", ", key)),
                    where(there));
        } else if (plan.mode() == LoadMode.UPDATE) {
            found += reject(
                    new Rule("NOT_FOUND", key, "The dataset has no row with this " + String.join(", ", key)),
                    where("NOT " + there));
        }
        if (!plan.lacking().isEmpty() && plan.mode() != LoadMode.UPDATE) {
            String message = "A new row must have a value in " + String.join(", ", plan.lacking())
                    + ", which the load does not hold";
            found += reject(
                    new Rule("REQUIRED", plan.lacking(), message),
                    where(plan.mode() == LoadMode.INSERT ? "1 = 1" : "NOT " + there));
        }
        for (String field : plan.chosen()) {
            String message = "The database always makes up " + field
                    + ": a file cannot choose it, unless the dataset is" + " opened with override()";
            found += reject(
                    new Rule("GENERATED_ALWAYS", List.of(field), message),
                    where(present(List.of(field)) + (plan.mode() == LoadMode.INSERT ? "" : " AND NOT " + there)));
        }
        if (plan.mode() != LoadMode.INSERT && (plan.ownKey() || !plan.layout().isUnique(key))) {
            found += foreignKeys();
        }
        for (Layout.Link link : plan.references()) {
            if (!loops(link)) {
                found += reject(dangling(link), where(present(link.columns()) + " AND NOT " + found(link)));
            }
        }
        if (found > 0) {
            stage.withdraw();
        }
    }

    /** The load's key is not the table's: it must name one row at most, and not give it another identity. */
    private long foreignKeys() throws SQLException {
        List<String> key = plan.key();
        long found = 0;
        if (!plan.layout().isUnique(key)) {
            found += reject(
                    new Rule("AMBIGUOUS_KEY", key, "Several rows of the dataset have this " + String.join(", ", key)),
                    where("1 < (SELECT COUNT(*) FROM " + target + " t WHERE " + equal(key, "t.") + ")"));
        }
        List<String> identity = plan.layout().key().stream()
                .filter(column -> plan.values().contains(column))
                .toList();
        if (!identity.isEmpty()) {
            String message = "The row with this " + String.join(", ", key) + " has another "
                    + String.join(", ", identity) + ", which a load cannot change";
            found += reject(
                    new Rule("KEY_MISMATCH", identity, message),
                    where("EXISTS (SELECT 1 FROM " + target + " t WHERE " + equal(key, "t.") + " AND NOT ("
                            + equal(identity, "t.") + "))"));
        }
        return found;
    }

    private boolean loops(Layout.Link link) {
        return link.to().equals(plan.layout().table());
    }

    /** References of the table to itself may lead to other rows of the load; each that is rejected may leave more behind. */
    private void loops() throws SQLException {
        for (Layout.Link link : plan.references()) {
            if (!loops(link)) {
                continue;
            }
            String among = "EXISTS (SELECT 1 FROM " + source + " o WHERE o." + stage.number() + " > 0 AND "
                    + pairs(link, "o.") + ")";
            String before = plan.mode() != LoadMode.REPLACE
                    ? found(link)
                    : "EXISTS (SELECT 1 FROM " + target + " t WHERE " + pairs(link, "t.")
                            + " AND EXISTS (SELECT 1 FROM " + source + " k WHERE "
                            + names.all(plan.key(), name -> "k." + name + " = t." + name) + "))";
            boolean inFile = plan.fields().containsAll(link.targets());
            String condition = present(link.columns()) + " AND NOT " + before + (inFile ? " AND NOT " + among : "");
            while (reject(dangling(link), where(condition)) > 0) {
                stage.withdraw();
            }
        }
    }

    private void uniques() throws SQLException {
        long found = 0;
        for (List<String> unique : plan.uniques()) {
            Rule rule = new Rule("DUPLICATE_VALUE", unique, "Another row has the same " + String.join(", ", unique));
            if (!repeats.surelyNone(unique)) {
                found += rejectRepeated(rule, unique, Duplicates.KEEP_FIRST);
            }
            String other = plan.key().isEmpty() || plan.mode() == LoadMode.INSERT
                    ? ""
                    : " AND NOT (" + equal(plan.key(), "t.") + ")";
            String stays = plan.mode() == LoadMode.REPLACE
                    ? " AND EXISTS (SELECT 1 FROM " + source + " k WHERE "
                            + names.all(plan.key(), name -> "k." + name + " = t." + name) + ")"
                    : "";
            found += reject(
                    rule,
                    where("EXISTS (SELECT 1 FROM " + target + " t WHERE " + equal(unique, "t.") + other + stays + ")"));
        }
        if (found > 0) {
            stage.withdraw();
        }
    }

    private Rule dangling(Layout.Link link) {
        String fields = String.join(", ", link.columns());
        return new Rule(
                "REFERENCE_NOT_FOUND",
                link.columns(),
                "There is no row of " + link.to().name() + " with this " + fields + " as its "
                        + String.join(", ", link.targets()));
    }

    private long reject(Rule rule, String query) throws SQLException {
        return session.update("INSERT INTO " + stage.bad() + " (gantry_row, gantry_rule) SELECT q.n, " + rule(rule)
                + " FROM (" + query + ") q");
    }

    private String where(String condition) {
        return "SELECT s." + stage.number() + " AS n FROM " + source + " s WHERE s." + stage.number() + " > 0 AND "
                + condition;
    }

    private String found(Layout.Link link) {
        return "EXISTS (SELECT 1 FROM " + names.quote(link.to()) + " t WHERE " + pairs(link, "t.") + ")";
    }

    private String pairs(Layout.Link link, String alias) {
        StringBuilder condition = new StringBuilder();
        for (int i = 0; i < link.columns().size(); i++) {
            condition
                    .append(i == 0 ? "" : " AND ")
                    .append(alias)
                    .append(names.quote(link.targets().get(i)))
                    .append(" = s.")
                    .append(names.quote(link.columns().get(i)));
        }
        return condition.toString();
    }

    private String equal(Collection<String> fields, String alias) {
        return names.all(fields, name -> alias + name + " = s." + name);
    }

    private String present(Collection<String> fields) {
        return fields.stream()
                .map(field -> "s." + names.quote(field) + " IS NOT NULL")
                .collect(Collectors.joining(" AND "));
    }
}
