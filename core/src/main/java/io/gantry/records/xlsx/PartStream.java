// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import io.gantry.spi.ProviderException;
import io.gantry.spi.records.Limits;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** The bytes of one part of the package: counted against the limits, and checked against the part's checksum. */
final class PartStream extends InputStream {

    /** Small parts may shrink to nearly nothing: the ratio is looked at from here on. */
    private static final long RATIO_COUNTS_FROM = 1 << 20;

    private final Archive archive;
    private final ZipEntry entry;
    private final InputStream in;
    private final Supplier<String> where;
    private final CRC32 checksum = new CRC32();
    private long inflated;

    PartStream(Archive archive, ZipEntry entry, InputStream in, Supplier<String> where) {
        this.archive = archive;
        this.entry = entry;
        this.in = in;
        this.where = where;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read;
        try {
            read = in.read(into, offset, length);
        } catch (ZipException | EOFException e) {
            throw broken("its packed bytes are damaged or cut off", e);
        }
        if (read >= 0) {
            checksum.update(into, offset, read);
            count(read);
        } else if (entry.getCrc() != -1 && entry.getCrc() != checksum.getValue()) {
            throw broken("its bytes do not give the checksum that the package names", null);
        }
        return read;
    }

    private void count(int read) {
        inflated += read;
        archive.count(read, where);
        Limits limits = archive.limits();
        if (inflated > RATIO_COUNTS_FROM && inflated / limits.inflateRatio() > entry.getCompressedSize()) {
            throw Failures.limit(archive.name(), where.get(), "inflateRatio", limits.inflateRatio());
        }
    }

    /** How many of the package's bytes have been read for this part, as far as can be told. */
    long consumed() {
        double share = entry.getSize() <= 0 ? 0 : Math.min(1.0, (double) inflated / entry.getSize());
        return (long) (share * entry.getCompressedSize());
    }

    ProviderException broken(String what, @Nullable Throwable cause) {
        return Failures.broken(archive.name(), where.get(), what, cause);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
