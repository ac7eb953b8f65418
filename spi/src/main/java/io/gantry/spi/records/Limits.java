// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.records;

/**
 * What a file may cost at most. Settings of one run, never of the process; a file that goes beyond fails with
 * {@code LIMIT_EXCEEDED} and the name of the limit.
 *
 * @param bytes size of the file as stored
 * @param inflatedBytes size of all it unpacks to, for packed formats
 * @param inflateRatio how many times larger than its packed size an entry may be, once it is larger than 1 MiB
 * @param columns cells of one record
 * @param cellBytes bytes of one cell, in UTF-8
 * @param recordBytes bytes of one record, in UTF-8
 */
public record Limits(long bytes, long inflatedBytes, int inflateRatio, int columns, int cellBytes, int recordBytes) {

    /**
     * 16 GiB, unpacked 64 GiB at a ratio of at most 200; 16,384 columns; cells of 1 MiB; records of 8 MiB.
     */
    public static final Limits DEFAULT = new Limits(16L << 30, 64L << 30, 200, 16_384, 1 << 20, 8 << 20);

    public Limits {
        if (bytes <= 0
                || inflatedBytes <= 0
                || inflateRatio <= 0
                || columns <= 0
                || cellBytes <= 0
                || recordBytes <= 0) {
            throw new IllegalArgumentException("Every limit must be positive");
        }
    }

    /**
     * The same limits with another size of the file.
     *
     * @param bytes as stored
     * @return a copy
     */
    public Limits bytes(long bytes) {
        return new Limits(bytes, inflatedBytes, inflateRatio, columns, cellBytes, recordBytes);
    }

    /**
     * The same limits for unpacking.
     *
     * @param inflatedBytes of all entries
     * @param inflateRatio of one entry
     * @return a copy
     */
    public Limits inflated(long inflatedBytes, int inflateRatio) {
        return new Limits(bytes, inflatedBytes, inflateRatio, columns, cellBytes, recordBytes);
    }

    /**
     * The same limits with another number of columns.
     *
     * @param columns of one record
     * @return a copy
     */
    public Limits columns(int columns) {
        return new Limits(bytes, inflatedBytes, inflateRatio, columns, cellBytes, recordBytes);
    }

    /**
     * The same limits with other sizes of cells and records.
     *
     * @param cellBytes of one cell
     * @param recordBytes of one record
     * @return a copy
     */
    public Limits sizes(int cellBytes, int recordBytes) {
        return new Limits(bytes, inflatedBytes, inflateRatio, columns, cellBytes, recordBytes);
    }
}
