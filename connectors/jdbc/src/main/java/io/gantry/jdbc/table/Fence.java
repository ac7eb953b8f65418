// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.jdbc.sql.Failures;
import io.gantry.jdbc.sql.Patience;
import io.gantry.jdbc.sql.Session;
import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import io.gantry.spi.dataset.Load;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Shuts loads out. A fence is a row where the run's marker would be, so that the database's own rule of one row for each
 * run decides between a fence and a load: whoever commits it first wins, and the other one sees that it has lost.
 */
final class Fence {

    private static final String DOING = "shutting out earlier attempts of a run";

    /** Each time another transaction came first, and what it did can be seen the next time. */
    private static final int TRIES = 10;

    private Fence() {}

    /** Shuts out all loads of a run that were begun with a smaller attempt, and gives the run's marker if there is one. */
    static Optional<RunMarker> raise(Session session, Ledger ledger, String run, int attempt) throws SQLException {
        if (attempt <= 1) {
            return ledger.runs().find(run); // there is nobody to shut out
        }
        ledger.prepareRuns();
        Presence.expel(session, ledger.dataset(), run, attempt);
        try (Patience patience = Patience.begin(session)) {
            for (int i = 0; i < TRIES; i++) {
                session.beginLooking();
                patience.renew();
                Optional<Boolean> applied = settled(ledger.runs(), run, attempt);
                if (applied.isPresent()) {
                    session.connection().commit(); // may fail after all: then the same is done again
                    Presence.expel(session, ledger.dataset(), run, attempt); // who came before the fence could be seen
                    ledger.sweep(run, attempt);
                    return applied.get() ? ledger.runs().find(run) : Optional.empty();
                }
            }
        }
        throw new ProviderException(
                "JDBC_CONFLICT",
                FailureKind.TRANSIENT,
                "While " + DOING + ", other transactions changed the row of run '" + run + "' " + TRIES
                        + " times; try again");
    }

    /** Whether the run is applied; nothing when another transaction came between. */
    private static Optional<Boolean> settled(RunTable runs, String run, int attempt) throws SQLException {
        if (runs.raise(run, attempt)) {
            return Optional.of(false);
        }
        Optional<Standing> standing = runs.standing(run);
        if (standing.isPresent()) {
            return standing.map(Standing::applied);
        }
        try {
            runs.fence(run, attempt);
            return Optional.of(false);
        } catch (SQLException e) {
            if (!Failures.blamesRows(e)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /**
     * Fails when a load was shut out before it began: it would lock the table for nothing, and nobody would end it for that.
     * A load that shows itself before it asks either sees the fence or is seen by whoever raises it.
     */
    static void refuse(Ledger ledger, Load load) throws SQLException {
        ledger.prepareRuns();
        Standing standing = standing(ledger, load);
        if (standing.attempt() > load.attempt()) {
            throw fenced(ledger, load, standing, null);
        }
    }

    private static Standing standing(Ledger ledger, Load load) throws SQLException {
        return ledger.runs().standing(load.run()).orElse(new Standing(0, false));
    }

    private static ProviderException fenced(
            Ledger ledger, Load load, Standing standing, @Nullable ProviderException failure) {
        return new ProviderException(
                "FENCED",
                FailureKind.DENIED,
                "Attempt " + load.attempt() + " of run '" + load.run() + "' was shut out of " + ledger.dataset()
                        + ": attempt " + standing.attempt() + " has taken the run over",
                Map.of("run", load.run(), "attempt", standing.attempt()),
                failure);
    }

    /**
     * Where a run stands.
     *
     * @param attempt of the load that is applied, or the first one that is not shut out
     * @param applied whether a load is
     */
    record Standing(int attempt, boolean applied) {}

    /**
     * Why a load failed, when it is for its run.
     *
     * @param failure what the load met
     */
    static Optional<ProviderException> reason(Ledger ledger, Load load, ProviderException failure) throws SQLException {
        Standing standing = standing(ledger, load);
        if (standing.attempt() > load.attempt()) {
            return Optional.of(fenced(ledger, load, standing, failure));
        }
        if (standing.applied() && failure.kind() != FailureKind.UNKNOWN_OUTCOME) {
            return Optional.of(new ProviderException(
                    "ALREADY_APPLIED",
                    FailureKind.DENIED,
                    "Run '" + load.run() + "' is applied to " + ledger.dataset()
                            + " already; a load needs a run of its own",
                    Map.of("run", load.run()),
                    failure));
        }
        return Optional.empty();
    }
}
