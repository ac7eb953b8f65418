// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.ErrorCode;
import io.gantry.GantryException;
import io.gantry.mapping.DriftPolicy.Reaction;
import io.gantry.mapping.compile.CellIssues;
import io.gantry.mapping.compile.CompiledMapping;
import io.gantry.mapping.compile.RowMapper;
import io.gantry.pipeline.Impact;
import io.gantry.pipeline.PipelineVersion;
import io.gantry.spi.ProviderException;
import io.gantry.spi.file.StoredFile;
import io.gantry.spi.records.Column;
import io.gantry.spi.records.Limits;
import io.gantry.spi.records.RecordFormat;
import io.gantry.spi.records.RecordReader;
import io.gantry.spi.records.TextBatch;
import io.gantry.spi.schema.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads files with two versions of an import side by side, and counts what differs. Used by one thread. */
public final class Replay {

    private static final int BATCH = 4_096;

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
     */
    public void read(String run, StoredFile file, Limits limits) throws IOException {
        Side before = new Side(live, Intake.open(file, liveFormat, live.format(), limits));
        Side after;
        try {
            after = new Side(draft, Intake.open(file, draftFormat, draft.format(), limits));
            after.checkDrift();
        } catch (GantryException | ProviderException e) {
            files.add(new Impact.ReplayedFile(run, file.name(), String.valueOf(e.getMessage())));
            return;
        }
        files.add(new Impact.ReplayedFile(run, file.name(), ""));
        try (RecordReader left = before.intake.reader();
                RecordReader right = after.intake.reader()) {
            boolean more = true;
            while (more) {
                boolean moreLeft = before.next(left);
                boolean moreRight = after.next(right);
                compare(before, after);
                more = moreLeft && moreRight;
            }
        }
    }

    /** One version reading the file. */
    private final class Side {
        final Intake intake;
        final CompiledMapping mapping;
        final RowMapper mapper;
        final TextBatch text = new TextBatch(BATCH);
        int size;

        Side(PipelineVersion version, Intake intake) {
            this.intake = intake;
            List<String> key = version.importMapping().load().key().isEmpty()
                    ? schema.key()
                    : version.importMapping().load().key();
            this.mapping = CompiledMapping.of(version.importMapping(), schema, key, intake.shape());
            this.mapper = mapping.mapper(BATCH);
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

        boolean next(RecordReader reader) throws IOException {
            boolean more = reader.read(text);
            int from = more ? intake.firstData(text) : text.size();
            mapper.map(text, from);
            size = text.size() - from;
            return more;
        }
    }

    /** Compares the rows with the same numbers; those before the header of one version are no rows of it. */
    private void compare(Side before, Side after) {
        int left = 0;
        int right = 0;
        while (left < before.size && right < after.size) {
            long number = before.mapper.rows().number(left);
            long other = after.mapper.rows().number(right);
            if (number == other) {
                compare(before, left++, after, right++);
            } else if (number < other) {
                left++;
            } else {
                right++;
            }
        }
    }

    private void compare(Side before, int left, Side after, int right) {
        rows++;
        boolean rejectedBefore = before.mapper.rejected()[left];
        boolean rejectedAfter = after.mapper.rejected()[right];
        if (rejectedBefore && !rejectedAfter) {
            newlyAccepted++;
        } else if (!rejectedBefore && rejectedAfter) {
            newlyRejected++;
            why(after, right);
        } else if (!rejectedBefore) {
            values(before, left, after, right);
        }
    }

    private void why(Side after, int row) {
        CellIssues issues = after.mapper.issues();
        TreeSet<String> found = new TreeSet<>();
        for (int i = 0; i < issues.size(); i++) {
            if (issues.row(i) == row && !issues.isWarning(i)) {
                int column = issues.column(i);
                found.add(issues.code(i)
                        + (column < 0
                                ? ""
                                : " " + after.mapping.fields().get(column).name()));
            }
        }
        found.forEach(each -> rejections.merge(each, 1L, Long::sum));
    }

    private void values(Side before, int left, Side after, int right) {
        List<String> names =
                before.mapping.fields().stream().map(field -> field.name()).toList();
        for (int column = 0; column < names.size(); column++) {
            int other = draft.importMapping().fields().indexOf(names.get(column));
            if (other >= 0) {
                Column old = before.mapper.rows().column(column);
                Column now = after.mapper.rows().column(other);
                if (!Objects.equals(old.object(left), now.object(right))) {
                    changed.merge(names.get(column), 1L, Long::sum);
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
