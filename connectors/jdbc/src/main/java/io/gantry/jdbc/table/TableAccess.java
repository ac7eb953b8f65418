// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.jdbc.sql.Catalog;
import io.gantry.jdbc.sql.Commit;
import io.gantry.jdbc.sql.Layout;
import io.gantry.jdbc.sql.Session;
import io.gantry.jdbc.sql.TableColumn;
import io.gantry.jdbc.sql.TableId;
import io.gantry.spi.Cancellation;
import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import io.gantry.spi.dataset.AppliedRun;
import io.gantry.spi.dataset.DatasetReader;
import io.gantry.spi.dataset.DatasetWriter;
import io.gantry.spi.dataset.Load;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.dataset.Rollback;
import io.gantry.spi.dataset.RollbackOutcome;
import io.gantry.spi.dataset.Selection;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.FieldType;
import io.gantry.spi.schema.Mode;
import io.gantry.spi.schema.Reference;
import io.gantry.spi.schema.Schema;
import io.gantry.spi.schema.Sensitivity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that can be done with a table; the datasets show of it what their kind of table can do. */
public final class TableAccess {

    private static final String METADATA = "reading the table's metadata";

    private final OpenTables store;
    private final String name;
    private final TableId table;
    private final TableId place;
    private final List<String> key;
    private final Map<String, Sensitivity> sensitivities;
    private final boolean readOnly;
    private final boolean overrides;

    /**
     * What may be done.
     *
     * @param readOnly nothing but reading
     * @param overrides whether loads may choose values that the database always makes up
     */
    public record Access(boolean readOnly, boolean overrides) {}

    public TableAccess(
            OpenTables store,
            String name,
            TableId table,
            TableId place,
            List<String> key,
            Map<String, Sensitivity> sensitivities,
            Access access) {
        this.store = store;
        this.name = name;
        this.table = table;
        this.place = place;
        this.key = key;
        this.sensitivities = sensitivities;
        this.readOnly = access.readOnly;
        this.overrides = access.overrides;
    }

    String name() {
        return name;
    }

    Session session(Cancellation cancellation) {
        return Session.open(store.dataSource(), cancellation);
    }

    public Layout layout(Session session) {
        return session.attempt(METADATA, () -> {
            Layout layout = Catalog.read(session, table);
            return key.isEmpty() ? layout : layout.withKey(key);
        });
    }

    /** Fails when the definition names what is not there, or when the table asks for values that no field can hold. */
    public void check(Layout layout) {
        List<String> named = new ArrayList<>(key);
        named.addAll(sensitivities.keySet());
        for (String column : named) {
            if (!isField(layout, column)
                    || key.contains(column)
                            && !readOnly
                            && layout.column(column).computed()) {
                List<String> fields = fields(layout).stream().map(Field::name).toList();
                throw new ProviderException(
                        "JDBC_COLUMN_NOT_FOUND",
                        FailureKind.DATA,
                        "Table " + table.name() + " has no field '" + column + "'; its fields are " + fields,
                        Map.of("column", column, "fields", fields),
                        null);
            }
        }
        for (TableColumn column : layout.columns().values()) {
            if (!readOnly && column.type() == null && column.required()) {
                throw new ProviderException(
                        "JDBC_COLUMN_UNSUPPORTED",
                        FailureKind.DATA,
                        "Column '" + column.name() + "' of " + table.name() + " must have a value, but is of type "
                                + column.typeName()
                                + ", which no field can hold; make it nullable or give it a default",
                        Map.of("column", column.name(), "type", column.typeName()),
                        null);
            }
        }
    }

    private boolean isField(Layout layout, String name) {
        TableColumn column = layout.columns().get(name);
        return column != null && column.type() != null;
    }

    private List<Field> fields(Layout layout) {
        List<Field> fields = new ArrayList<>();
        for (TableColumn column : layout.columns().values()) {
            if (isField(layout, column.name())) {
                FieldType type = column.fieldType();
                Field.Size size = type == FieldType.DECIMAL
                        ? new Field.Size(0, column.size(), column.size() == 0 ? 0 : column.digits())
                        : new Field.Size(column.size(), 0, 0);
                fields.add(new Field(
                        column.name(),
                        type,
                        column.required() || layout.key().contains(column.name()) && !column.defaulted()
                                ? Mode.REQUIRED
                                : column.computed() && !readOnly
                                        ? Mode.READ_ONLY
                                        : column.defaulted() && !column.nullable() ? Mode.DEFAULTED : Mode.NULLABLE,
                        size,
                        sensitivities.getOrDefault(column.name(), Sensitivity.PUBLIC),
                        column.isText() ? "As text of the type " + column.cast() : ""));
            }
        }
        return fields;
    }

    Schema schema() {
        try (Session session = session(Cancellation.NEVER)) {
            Layout layout = layout(session);
            List<Field> fields = fields(layout);
            List<String> names = fields.stream().map(Field::name).toList();
            List<Reference> references = layout.references().stream()
                    .filter(link -> names.containsAll(link.columns()))
                    .map(link -> new Reference(link.columns(), store.nameOf(link.to()), link.targets()))
                    .toList();
            return new Schema(fields, layout.key(), layout.uniques(), references);
        }
    }

    DatasetReader read(Selection selection) {
        Session session = session(selection.cancellation());
        try {
            Layout layout = layout(session);
            return session.attempt("reading rows", () -> TableReading.open(session, layout, selection));
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    boolean resolves(Reference reference) {
        return store.has(reference.dataset());
    }

    DatasetWriter write(Load load) {
        Session session = session(load.cancellation());
        try {
            Layout layout = layout(session);
            session.attempt("looking up rights", () -> {
                session.dialect().confirmRights(session, layout.table(), rights(load.mode()));
                return true;
            });
            refuseComputed(load, layout);
            LoadPlan plan = new LoadPlan(load, layout, overrides, dataset -> store.tableOf(dataset, table));
            return new JdbcWriter(session, plan, place, failure -> explain(load, failure));
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** No load can set what the database computes, nor what it is to make up unless it is told to be overridden. */
    private void refuseComputed(Load load, Layout layout) {
        for (String name : load.names()) {
            TableColumn column = layout.columns().get(name);
            if (column != null && column.always() && !layout.key().contains(name)) {
                throw generated(name, "makes it up by itself (GENERATED ALWAYS)");
            }
            if (column != null && column.computed()) {
                throw generated(name, "computes it");
            }
        }
    }

    private static List<String> rights(LoadMode mode) {
        return switch (mode) {
            case INSERT -> List.of("SELECT", "INSERT");
            case UPDATE -> List.of("SELECT", "UPDATE");
            case UPSERT -> List.of("SELECT", "INSERT", "UPDATE");
            case REPLACE -> List.of("SELECT", "INSERT", "UPDATE", "DELETE");
        };
    }

    private ProviderException generated(String column, String how) {
        return new ProviderException(
                "JDBC_COLUMN_GENERATED",
                FailureKind.DATA,
                "Column '" + column + "' of " + table.fullName() + " can be exported, but not loaded: the database "
                        + how + "; remove it from the mapping",
                Map.of("column", column),
                null);
    }

    Optional<AppliedRun> applied(String run) {
        try (Session session = session(Cancellation.NEVER)) {
            Ledger ledger = new Ledger(session, layout(session), place);
            return session.attempt("looking up a run", () -> ledger.runs().find(run))
                    .map(RunMarker::toAppliedRun);
        }
    }

    Optional<AppliedRun> fence(String run, int attempt) {
        try (Session session = session(Cancellation.NEVER)) {
            Ledger ledger = new Ledger(session, layout(session), place);
            return session.attempt("shutting out a run", () -> Fence.raise(session, ledger, run, attempt))
                    .map(RunMarker::toAppliedRun);
        }
    }

    /** Looks whether a load failed because of what became of its run: then that is the failure. */
    private ProviderException explain(Load load, ProviderException failure) {
        try (Session session = session(Cancellation.NEVER)) {
            Ledger ledger = new Ledger(session, layout(session), place);
            return session.attempt("looking up a run", () -> Fence.reason(ledger, load, failure))
                    .orElse(failure);
        } catch (ProviderException e) {
            failure.addSuppressed(e);
            return failure;
        }
    }

    RollbackOutcome rollBack(Rollback rollback, boolean preview) {
        try (Session session = session(rollback.cancellation())) {
            Layout layout = layout(session);
            Ledger ledger = new Ledger(session, layout, place);
            return session.attempt("rolling back a run", () -> Undoing.run(session, layout, ledger, rollback, preview));
        }
    }

    boolean forgetUndo(String run) {
        try (Session session = session(Cancellation.NEVER)) {
            Ledger ledger = new Ledger(session, layout(session), place);
            return session.attempt("forgetting a run", () -> {
                Optional<RunMarker> marker = ledger.runs().find(run);
                boolean forgotten = marker.isPresent() && ledger.forget(marker.get());
                Commit.run(session, "forgetting a run");
                return forgotten;
            });
        }
    }

    boolean[] contains(List<String> fields, RowBatch keys) {
        try (Session session = session(Cancellation.NEVER)) {
            Layout layout = layout(session);
            return session.attempt("looking up keys", () -> Lookup.contains(session, layout, place, fields, keys));
        }
    }

    String mark() {
        try (Session session = session(Cancellation.NEVER)) {
            Layout layout = layout(session);
            return session.attempt("marking the table", () -> ContentMark.of(session, layout));
        }
    }
}
