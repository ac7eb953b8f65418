// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.ErrorCode;
import io.gantry.GantryException;
import io.gantry.mapping.DriftPolicy.Reaction;
import io.gantry.mapping.ImportMapping;
import io.gantry.mapping.compile.CompiledMapping;
import io.gantry.pipeline.FileFormat;
import io.gantry.pipeline.Impact;
import io.gantry.pipeline.PipelineVersion;
import io.gantry.spi.ProviderException;
import io.gantry.spi.file.StoredFile;
import io.gantry.spi.records.Column;
import io.gantry.spi.records.Limits;
import io.gantry.spi.records.RecordFormat;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads files with two versions of an import side by side, and counts what differs. Used by one thread. */
public final class Replay {

    private static final int BATCH = 2_048;
    private static final int SLOTS = 3;

    private final PipelineVersion live;
    private final PipelineVersion draft;
    private final Schema schema;
    private final RecordFormat liveFormat;
    private final RecordFormat draftFormat;
    private final List<Impact.ReplayedFile> files = new ArrayList<>();
    private final Map<String, Long> changed = new TreeMap<>();
    private final Map<String, Long> rejections = new TreeMap<>();
    private long rows;
    private long newlyRejected;
    private long newlyAccepted;

    /**
     * Prepares a replay.
     *
     * @param live the version that loaded the files
     * @param draft the version that is to replace it
     * @param schema of the dataset
     * @param liveFormat reads the files of the live version
     * @param draftFormat reads the files of the draft
     */
    public Replay(
            PipelineVersion live,
            PipelineVersion draft,
            Schema schema,
            RecordFormat liveFormat,
            RecordFormat draftFormat) {
        this.live = live;
        this.draft = draft;
        this.schema = schema;
        this.liveFormat = liveFormat;
        this.draftFormat = draftFormat;
    }

    /**
     * Reads one file with both versions.
     *
     * @param run which loaded it
     * @param file which
     * @param limits what it may cost
     * @throws IOException when it cannot be read
     * @throws InterruptedException when the thread is interrupted
     */
    public void read(String run, StoredFile file, Limits limits) throws IOException, InterruptedException {
        Side before = new Side(live, Intake.open(file, liveFormat, Side.format(live), limits));
        Side after;
        try {
            after = new Side(draft, Intake.open(file, draftFormat, Side.format(draft), limits));
            after.checkDrift();
        } catch (GantryException | ProviderException e) {
            files.add(new Impact.ReplayedFile(run, file.name(), String.valueOf(e.getMessage())));
            return;
        }
        files.add(new Impact.ReplayedFile(run, file.name(), ""));
        try (Ring<TextSlot> left = before.ring();
                Ring<TextSlot> right = after.ring()) {
            Cursor old = new Cursor(left);
            Cursor now = new Cursor(right);
            boolean more = old.next() && now.next();
            while (more) { // rows with the same numbers; those before the header of one version are no rows of it
                if (old.number() == now.number()) {
                    compare(before, old, after, now);
                    more = old.next() && now.next();
                } else {
                    more = old.number() < now.number() ? old.next() : now.next();
                }
            }
        }
    }

    /** One version reading the file. */
    private final class Side {
        final Intake intake;
        final CompiledMapping mapping;

        Side(PipelineVersion version, Intake intake) {
            this.intake = intake;
            ImportMapping rules = (ImportMapping) version.mapping();
            List<String> key =
                    rules.load().key().isEmpty() ? schema.key() : rules.load().key();
            this.mapping = CompiledMapping.of(rules, schema, key, intake.shape());
        }

        static FileFormat format(PipelineVersion version) {
            return version.definition().format().orElseThrow();
        }

        void checkDrift() {
            String failing = mapping.drift().stream()
                    .filter(finding -> finding.reaction() == Reaction.FAIL)
                    .map(finding -> finding.message())
                    .collect(Collectors.joining("; "));
            if (!failing.isEmpty()) {
                throw new GantryException(ErrorCode.SCHEMA_DRIFT, failing);
            }
        }

        Ring<TextSlot> ring() {
            List<TextSlot> slots = new ArrayList<>();
            for (int i = 0; i < SLOTS; i++) {
                slots.add(new TextSlot(mapping, BATCH, null, List.of()));
            }
            return new Ring<>(() -> LoadFlow.reader(intake), slots, 1, "gantry-replay");
        }
    }

    /** The rows of one version, one after the other. */
    private static final class Cursor {
        private final Ring<TextSlot> ring;
        private @Nullable TextSlot slot;
        private int row;

        Cursor(Ring<TextSlot> ring) {
            this.ring = ring;
        }

        boolean next() throws IOException, InterruptedException {
            row++;
            TextSlot current = slot;
            while (current == null || row >= current.rows().size()) {
                if (current != null) {
                    ring.release(current);
                }
                current = ring.next();
                slot = current;
                row = 0;
                if (current == null) {
                    return false;
                }
            }
            return true;
        }

        TextSlot slot() {
            return Objects.requireNonNull(slot);
        }

        long number() {
            return slot().rows().number(row);
        }

        boolean isRejected() {
            return slot().verdicts.rejected()[row];
        }
    }

    private void compare(Side before, Cursor old, Side after, Cursor now) {
        rows++;
        if (old.isRejected() && !now.isRejected()) {
            newlyAccepted++;
        } else if (!old.isRejected() && now.isRejected()) {
            newlyRejected++;
            why(now);
        } else if (!old.isRejected()) {
            values(before, old, after, now);
        }
    }

    private void why(Cursor now) {
        Verdicts verdicts = now.slot().verdicts;
        TreeSet<String> found = new TreeSet<>();
        for (int i = 0; i < verdicts.issues(); i++) {
            IssueKinds.Kind kind = verdicts.kind(i);
            if (verdicts.row(i) == now.row && !kind.warning()) {
                found.add(kind.code()
                        + (kind.column() < 0 ? "" : " " + kind.fields().get(0)));
            }
        }
        found.forEach(each -> rejections.merge(each, 1L, Long::sum));
    }

    private void values(Side before, Cursor old, Side after, Cursor now) {
        List<Field> fields = before.mapping.fields();
        List<Field> others = after.mapping.fields();
        for (int column = 0; column < fields.size(); column++) {
            int other = others.indexOf(fields.get(column));
            if (other >= 0) {
                Column was = old.slot().rows().column(column);
                Column is = now.slot().rows().column(other);
                if (!Objects.equals(was.object(old.row), is.object(now.row))) {
                    changed.merge(fields.get(column).name(), 1L, Long::sum);
                }
            }
        }
    }

    /**
     * What differed in all files read.
     *
     * @return the counts
     */
    public Impact impact() {
        return new Impact(
                live.version(),
                draft.version(),
                files,
                rows,
                newlyRejected,
                newlyAccepted,
                changed.values().stream().mapToLong(Long::longValue).sum(),
                changed,
                rejections);
    }
}
