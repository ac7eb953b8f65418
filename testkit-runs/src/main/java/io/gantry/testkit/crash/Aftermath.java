// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.Reason;
import io.gantry.audit.AuditQuery;
import io.gantry.run.Run;
import io.gantry.run.RunStatus;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.dataset.ReadableDataset;
import io.gantry.spi.dataset.RollbackOutcome;
import io.gantry.spi.file.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** What must hold after a crash, once an engine is there that finds what was left. */
final class Aftermath {

    private static final Reason REASON = Reason.of("WRONG_FILE");
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Desk desk;
    private final Deed deed;
    private final Deeds deeds;
    private final Things first;
    private final Things.Loaded second;
    private final Things.Loaded mended;

    Aftermath(Desk desk, Deed deed) {
        this.desk = desk;
        this.deed = deed;
        deeds = new Deeds(desk.workspace(), deed);
        first = new Things(ThingFile.first().things());
        second = first.load(deed.mode(), ThingFile.second());
        mended = second.after().mend(ThingFile.second());
    }

    /** That the deed was done once, whatever happened meanwhile, and that nothing is left of the crash. */
    void checkEffect() throws IOException {
        Eventually.holds(() -> desk.tickets() == 0, () -> desk.tickets() + " tickets are left: " + deeds.runs());
        Run run = deeds.perform().await(LONGEST);
        assertThat(deeds.runs()).as("runs").hasSize(deed == Deed.CORRECTION ? 2 : 1);
        assertThat(run.attempt()).as("attempts").isBetween(1, 2);
        switch (deed) {
            case EXPORT -> checkExport(run);
            case ROLLBACK -> checkRolledBack(run);
            case CORRECTION -> checkLoad(run, mended, RunStatus.SUCCEEDED);
            default -> checkLoad(run, second, RunStatus.PARTIAL);
        }
        checkAudit(run, "RUN_END");
        assertThat(desk.tickets()).as("tickets in the end").isZero();
        assertThat(desk.stores().leftovers()).as("what loads left behind").isEmpty();
        assertThat(desk.orphans()).as("files that no run names").isEmpty();
    }

    private void checkLoad(Run run, Things.Loaded expected, RunStatus status) throws IOException {
        assertThat(run.status()).as("%s %s", run, run.error()).isEqualTo(status);
        assertThat(run.counts()).isEqualTo(expected.counts());
        assertThat(run.report().counts()).as("counts of the report").isEqualTo(expected.counts());
        assertThat(run.error()).isEmpty();
        if (expected.counts().rejected() == 0) {
            assertThat(run.rejects()).isEmpty();
        } else {
            assertThat(text(run.rejects().orElseThrow()).lines().count())
                    .as("lines of the file of rejects")
                    .isEqualTo(expected.counts().rejected() + 1);
        }
        checkContent(expected.after(), "after the load");
    }

    private void checkRolledBack(Run run) {
        assertThat(run.status()).as("%s", run).isEqualTo(RunStatus.ROLLED_BACK);
        checkContent(first, "after the rollback");
        checkAudit(run, "RUN_ROLLBACK_END");
    }

    private void checkExport(Run run) throws IOException {
        assertThat(run.status()).as("%s %s", run, run.error()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run.counts().read()).isEqualTo(first.rows().size());
        List<String> lines = text(run.output().orElseThrow()).lines().toList();
        assertThat(lines.stream().skip(1).sorted())
                .isEqualTo(first.text().lines().toList());
        checkContent(first, "after the export");
    }

    private void checkContent(Things expected, String when) {
        assertThat(Things.in((ReadableDataset) desk.stores().dataset()).text())
                .as("what the dataset holds %s", when)
                .isEqualTo(expected.text());
    }

    /** That the chain is whole and tells of the end once. */
    private void checkAudit(Run run, String action) {
        assertThat(desk.workspace().audit().verify().problem()).as("audit").isEmpty();
        AuditQuery ends = AuditQuery.ALL.subject("run:" + run.id()).action(action);
        long times = desk.workspace().audit().find(ends).items().size();
        // to ask for a rollback that was done already is noted as well
        assertThat(times)
                .as("how often the audit tells of %s", action)
                .isBetween(1L, action.equals("RUN_END") ? 1L : 3L);
    }

    /** That all of it can be taken back, and done anew. */
    void checkRollback() {
        switch (deed) {
            case EXPORT -> {
                return;
            }
            case ROLLBACK -> checkReversal(deeds.first(), second, first);
            case CORRECTION -> {
                checkReversal(deeds.perform(), mended, second.after());
                checkReversal(deeds.first(), second, first);
            }
            default -> checkReversal(deeds.perform(), second, first);
        }
        assertThat(desk.tickets()).as("tickets after the rollback").isZero();
        assertThat(first.load(LoadMode.INSERT, ThingFile.second()).changes()).isPositive();
    }

    private void checkReversal(Run run, Things.Loaded loaded, Things before) {
        RollbackOutcome whole = new RollbackOutcome(loaded.changes(), 0, 0, List.of());
        assertThat(run.rollBack(REASON)).isEqualTo(whole);
        assertThat(run.refresh().status()).isEqualTo(RunStatus.ROLLED_BACK);
        checkContent(before, "after a rollback");
    }

    private static String text(StoredFile file) throws IOException {
        try (InputStream in = file.open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
