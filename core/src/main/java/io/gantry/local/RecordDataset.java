// SPDX-License-Identifier: Apache-2.0
package io.gantry.local;

import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import io.gantry.spi.dataset.AppliedRun;
import io.gantry.spi.dataset.CheckingDataset;
import io.gantry.spi.dataset.DatasetReader;
import io.gantry.spi.dataset.DatasetWriter;
import io.gantry.spi.dataset.FencedDataset;
import io.gantry.spi.dataset.Load;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.dataset.LookupDataset;
import io.gantry.spi.dataset.MarkedDataset;
import io.gantry.spi.dataset.ReadableDataset;
import io.gantry.spi.dataset.Rollback;
import io.gantry.spi.dataset.RollbackOutcome;
import io.gantry.spi.dataset.Selection;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A dataset of Java records that fits in memory: kept by the dataset itself, or by the application behind a
 * {@link RecordStore}. Made by {@link Datasets}. Safe for use by several threads; loads and rollbacks take turns, a load
 * from its check to its end. Reading waits for nobody but whoever is just changing the records.
 *
 * <p>What it takes to undo a run, and who is shut out, is kept in memory, for as long as this object lives.
 *
 * @param <T> the record
 */
public final class RecordDataset<T>
        implements ReadableDataset, FencedDataset, LookupDataset, MarkedDataset, CheckingDataset {

    private static final int PATIENCE_SECONDS = 3;

    private final String name;
    private final Schema schema;
    private final Shape<T> shape;
    private final RecordStore<T> store;
    private final RowCheck check;
    /** Held while records or ledgers are looked at or changed, by nobody for longer than that takes. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Turns<Load> turns = new Turns<>();
    private final Map<String, Ledger> ledgers = new LinkedHashMap<>();
    private final Map<String, Integer> fences = new HashMap<>();

    /** What a run did, and what became of it. */
    private static final class Ledger {
        private final AppliedRun applied;
        private List<Undo> undo;
        private @Nullable RollbackOutcome rolledBack;

        Ledger(AppliedRun applied, List<Undo> undo) {
            this.applied = applied;
            this.undo = undo;
        }
    }

    /**
     * What a run did to one row.
     *
     * @param before null for a row it added
     * @param after null for a row it took away
     */
    record Undo(
            @Nullable Object @Nullable [] before, @Nullable Object @Nullable [] after) {}

    RecordDataset(String name, Schema schema, Shape<T> shape, RecordStore<T> store, RowCheck check) {
        this.name = name;
        this.schema = schema;
        this.shape = shape;
        this.store = store;
        this.check = check;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    /**
     * All records, in order of the key where there is one.
     *
     * @return a copy
     */
    public List<T> records() {
        lock.lock();
        try {
            return rows().stream().map(shape::record).toList();
        } finally {
            lock.unlock();
        }
    }

    /** All rows, in order of the key, for whoever has the turn. */
    List<@Nullable Object[]> present() {
        lock.lock();
        try {
            return rows();
        } finally {
            lock.unlock();
        }
    }

    /** All rows, in order of the key; the lock is held. */
    private List<@Nullable Object[]> rows() {
        List<@Nullable Object[]> rows = new ArrayList<>();
        store.records().forEach(record -> rows.add(shape.values(record)));
        if (!schema.key().isEmpty()) {
            int[] key = places(schema.key());
            rows.sort((a, b) -> new RowKey(a, key).compareTo(new RowKey(b, key)));
        }
        return rows;
    }

    int[] places(List<String> fields) {
        return fields.stream().mapToInt(schema.names()::indexOf).toArray();
    }

    @Override
    public DatasetReader read(Selection selection) {
        List<@Nullable Object[]> found;
        lock.lock();
        try {
            found = rows().stream()
                    .filter(FilterTest.of(selection.filter(), schema))
                    .toList();
        } finally {
            lock.unlock();
        }
        int[] places = places(selection.fields());
        return new DatasetReader() {
            private int at;

            @Override
            public boolean read(RowBatch into) {
                into.clear();
                while (!into.isFull() && at < found.size()) {
                    int row = into.add(at + 1L);
                    for (int i = 0; i < places.length; i++) {
                        into.column(i).setObject(row, found.get(at)[places[i]]);
                    }
                    at++;
                }
                return into.size() > 0;
            }

            @Override
            public void close() {
                // nothing is held
            }
        };
    }

    @Override
    public Set<LoadMode> modes() {
        return schema.key().isEmpty() && schema.uniques().isEmpty()
                ? Collections.unmodifiableSet(EnumSet.of(LoadMode.INSERT))
                : Collections.unmodifiableSet(EnumSet.allOf(LoadMode.class));
    }

    @Override
    public DatasetWriter write(Load load) {
        return new RecordLoad<>(this, load);
    }

    Turns<Load> turns() {
        return turns;
    }

    /** Makes a load part of the dataset, unless it is shut out. */
    void apply(Load load, DatasetWriter.Outcome outcome, List<Undo> changes) {
        lock.lock();
        try {
            if (load.attempt() < fences.getOrDefault(load.run(), 1)) {
                throw new ProviderException(
                        "FENCED",
                        FailureKind.DENIED,
                        "Attempt " + load.attempt() + " of run '" + load.run() + "' was shut out of '" + name
                                + "': the run was taken over");
            }
            if (ledgers.containsKey(load.run())) {
                throw new ProviderException(
                        "ALREADY_APPLIED",
                        FailureKind.DENIED,
                        "Run '" + load.run() + "' is applied to '" + name + "' already");
            }
            String expected = load.expectedMark();
            if (expected != null && !expected.equals(mark())) {
                throw new ProviderException(
                        "PLAN_STALE",
                        FailureKind.DENIED,
                        "Dataset '" + name + "' was changed since the plan was made; preview again");
            }
            change(changes);
            ledgers.put(
                    load.run(),
                    new Ledger(new AppliedRun(load.run(), outcome, load.time(), AppliedRun.Undo.POSSIBLE), changes));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<AppliedRun> fence(String run, int attempt) {
        if (!waited()) {
            throw new ProviderException(
                    "DATASET_BUSY",
                    FailureKind.TRANSIENT,
                    "The records of '" + name + "' have been changing for more than " + PATIENCE_SECONDS
                            + " seconds, so that nobody can be shut out; try again");
        }
        try {
            fences.merge(run, attempt, Math::max);
            turns.revoke(load -> load.run().equals(run) && load.attempt() < attempt);
            return Optional.ofNullable(ledgers.get(run)).map(RecordDataset::marker);
        } finally {
            lock.unlock();
        }
    }

    private boolean waited() {
        try {
            return lock.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void change(List<Undo> changes) {
        store.apply(changes.stream()
                .map(undo -> new RecordStore.Change<>(record(undo.before()), record(undo.after())))
                .toList());
    }

    private @Nullable T record(@Nullable Object @Nullable [] values) {
        return values == null ? null : shape.record(values);
    }

    @Override
    public Optional<AppliedRun> applied(String run) {
        lock.lock();
        try {
            return Optional.ofNullable(ledgers.get(run)).map(RecordDataset::marker);
        } finally {
            lock.unlock();
        }
    }

    private static AppliedRun marker(Ledger ledger) {
        AppliedRun run = ledger.applied;
        AppliedRun.Undo undo = ledger.rolledBack != null
                ? AppliedRun.Undo.DONE
                : ledger.undo.isEmpty() && changes(run) > 0 ? AppliedRun.Undo.EXPIRED : AppliedRun.Undo.POSSIBLE;
        return new AppliedRun(run.run(), run.outcome(), run.appliedAt(), undo);
    }

    private static long changes(AppliedRun run) {
        return run.outcome().inserted()
                + run.outcome().updated()
                + run.outcome().deleted();
    }

    @Override
    public RollbackOutcome previewRollback(Rollback rollback) {
        return rollBack(rollback, false);
    }

    @Override
    public RollbackOutcome rollBack(Rollback rollback) {
        Turns.Turn turn = turns.take(null);
        try {
            return rollBack(rollback, true);
        } finally {
            turn.close();
        }
    }

    private RollbackOutcome rollBack(Rollback rollback, boolean really) {
        lock.lock();
        try {
            Ledger ledger = ledgers.get(rollback.run());
            if (ledger == null) {
                throw new ProviderException(
                        "NOTHING_TO_ROLL_BACK", FailureKind.DATA, "The run was never applied to '" + name + "'");
            }
            if (ledger.rolledBack != null) {
                return ledger.rolledBack;
            }
            if (marker(ledger).undo() == AppliedRun.Undo.EXPIRED) {
                throw new ProviderException(
                        "UNDO_EXPIRED", FailureKind.DENIED, "What it takes to undo the run is no longer kept");
            }
            Reversal reversal = new Reversal(schema, rows(), ledger.undo);
            RollbackOutcome outcome = reversal.outcome(rollback.samples());
            if (really) {
                if (outcome.kept() > 0 && rollback.onConflict() == Rollback.OnConflict.REFUSE) {
                    throw new ProviderException(
                            "ROLLBACK_REFUSED",
                            FailureKind.DENIED,
                            outcome.kept() + " rows were changed since by someone else; nothing was rolled back");
                }
                change(reversal.changes());
                ledger.rolledBack = outcome;
                ledger.undo = List.of();
            }
            return outcome;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean forgetUndo(String run) {
        lock.lock();
        try {
            Ledger ledger = ledgers.get(run);
            if (ledger == null || ledger.undo.isEmpty()) {
                return false;
            }
            ledger.undo = List.of();
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean[] contains(List<String> fields, RowBatch keys) {
        int[] places = places(fields);
        Set<RowKey> present = new HashSet<>();
        lock.lock();
        try {
            rows().forEach(row -> present.add(new RowKey(row, places)));
        } finally {
            lock.unlock();
        }
        boolean[] found = new boolean[keys.size()];
        int[] all = IntStream.range(0, places.length).toArray();
        for (int row = 0; row < found.length; row++) {
            @Nullable Object[] values = new Object[places.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = keys.column(i).object(row);
            }
            found[row] = present.contains(new RowKey(values, all));
        }
        return found;
    }

    @Override
    public String mark() {
        int[] all = places(schema.names());
        lock.lock();
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            List<@Nullable Object[]> rows = rows();
            for (@Nullable Object[] row : rows) {
                digest.update(new RowKey(row, all).toString().getBytes(StandardCharsets.UTF_8));
            }
            return rows.size() + "-" + HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public RowCheck rowCheck(List<Field> fields) {
        return check;
    }
}
