// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.spi.file.StoredFile;
import io.gantry.spi.records.CopyingFormat;
import io.gantry.spi.records.FormatOptions;
import io.gantry.spi.records.Limits;
import io.gantry.spi.records.RecordReader;
import io.gantry.spi.records.TextReadableFormat;
import io.gantry.spi.records.TextReadableFormat.ShortRecords;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Records that can be read as text, from the first to the last, as often as need be. */
interface Records {

    /** For people; with an ending, as a file has it. */
    String name();

    /** How many bytes there are to read, for progress; 0 when that is not known. */
    long bytes();

    /** The hash of the bytes; empty for records that are no file. */
    String sha256();

    /** The format, for people. */
    String format();

    RecordReader open() throws IOException;

    /** Copies rejected records; null when there is none that can. */
    @Nullable
    CopyingFormat copies();

    /** Of the format that copies. */
    FormatOptions options();

    /** What becomes of records with fewer cells than the header. */
    ShortRecords shortRecords();

    /** Whether texts that look like formulas have an apostrophe in front. */
    boolean guarded();

    /** The records of a file. */
    record OfFile(StoredFile file, TextReadableFormat reads, FormatOptions options, Limits limits) implements Records {

        @Override
        public String name() {
            return file.name();
        }

        @Override
        public long bytes() {
            return file.length();
        }

        @Override
        public String sha256() {
            return file.sha256();
        }

        @Override
        public String format() {
            return reads.name();
        }

        @Override
        public RecordReader open() throws IOException {
            return reads.reader(file, options, limits);
        }

        @Override
        public @Nullable CopyingFormat copies() {
            return reads instanceof CopyingFormat copying ? copying : null;
        }

        @Override
        public ShortRecords shortRecords() {
            return reads.shortRecords(options);
        }

        @Override
        public boolean guarded() {
            return reads.guardsFormulas(options);
        }
    }
}
