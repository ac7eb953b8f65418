// SPDX-License-Identifier: Apache-2.0
package io.gantry.validation;

import java.util.Locale;

/**
 * What became of the rows of a run. They always add up: {@code read = inserted + updated + unchanged + rejected + skipped}.
 *
 * @param read rows read from the file, the header not among them; or rows read from the dataset by an export
 * @param inserted rows added to the dataset; or rows written to the file by an export
 * @param updated rows of the dataset that were changed
 * @param unchanged rows that were in the dataset as they are
 * @param rejected rows that failed a check
 * @param skipped good rows that were not loaded: because the run failed, was cancelled or only previewed them, or because
 *     the run that this one corrects had loaded them
 * @param deleted rows of the dataset that were not in the file; not part of the sum
 */
public record Counts(
        long read, long inserted, long updated, long unchanged, long rejected, long skipped, long deleted) {

    /** Nothing yet. */
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0);

    public Counts {
        if (read != inserted + updated + unchanged + rejected + skipped) {
            throw new IllegalStateException("Counts do not add up: " + read + " read, " + inserted + " inserted, "
                    + updated + " updated, " + unchanged + " unchanged, " + rejected + " rejected, " + skipped
                    + " skipped");
        }
    }

    /**
     * Rows that the dataset got from the file.
     *
     * @return inserted and updated
     */
    public long loaded() {
        return inserted + updated;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,d read: %,d inserted, %,d updated, %,d unchanged, %,d rejected, %,d skipped%s",
                read,
                inserted,
                updated,
                unchanged,
                rejected,
                skipped,
                deleted == 0 ? "" : String.format(Locale.ROOT, "; %,d deleted", deleted));
    }
}
