// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import io.gantry.spi.ProviderException;
import io.gantry.spi.file.FileContent;
import io.gantry.spi.records.Limits;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The package of a workbook: a zip file whose entries are unpacked under the limits of one run.
 *
 * <p>The JDK reads the zip, and this class counts. POI's package is not used for reading, because its guard against zip
 * bombs is a setting of the whole process, and its fixed ratio refuses honest workbooks of repeated rows.
 */
final class Archive implements Closeable {

    /** Short texts may be shared by any number of cells: the ratio is looked at from here on. */
    private static final long SHARED_COUNTS_FROM = 64 << 20;

    private final String name;
    private final long length;
    private final Limits limits;
    private final @Nullable Path spool;
    private final ZipFile zip;
    private long inflated;
    private long shared;

    private Archive(String name, long length, Limits limits, @Nullable Path spool, ZipFile zip) {
        this.name = name;
        this.length = length;
        this.limits = limits;
        this.spool = spool;
        this.zip = zip;
    }

    /** Opens a file; a temporary copy is made of one that has no path, and deleted when closed. */
    static Archive open(FileContent file, Limits limits) throws IOException {
        if (file.length() > limits.bytes()) {
            throw Failures.limit(file.name(), "its beginning", "bytes", limits.bytes());
        }
        Path given = file.path().orElse(null);
        Path path = given != null ? given : Files.createTempFile("gantry-", ".xlsx");
        Path spool = given != null ? null : path;
        boolean opened = false;
        try {
            if (spool != null) {
                copy(file, spool, limits);
            }
            ZipTail.check(file.name(), path);
            ZipFile zip = new ZipFile(path.toFile());
            Archive archive = new Archive(file.name(), Files.size(path), limits, spool, zip);
            try {
                archive.checkNames();
                opened = true;
            } finally {
                if (!opened) {
                    zip.close();
                }
            }
            return archive;
        } catch (ZipException | EOFException e) {
            throw Failures.broken(file.name(), "its list of parts", "the zip package is damaged", e);
        } finally {
            if (!opened && spool != null) {
                Files.deleteIfExists(spool);
            }
        }
    }

    private static void copy(FileContent file, Path to, Limits limits) throws IOException {
        try (InputStream in = file.open();
                OutputStream out = Files.newOutputStream(to)) {
            byte[] buffer = new byte[1 << 16];
            long copied = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                copied += read;
                if (copied > limits.bytes()) {
                    throw Failures.limit(file.name(), "its beginning", "bytes", limits.bytes());
                }
                out.write(buffer, 0, read);
            }
        }
    }

    /** The name of the file, for messages. */
    String name() {
        return name;
    }

    /** The size of the file in bytes. */
    long length() {
        return length;
    }

    Limits limits() {
        return limits;
    }

    boolean has(String path) {
        return find(path) != null;
    }

    /**
     * Opens a part.
     *
     * @param path from the root of the package, without a slash in front
     * @param where says in messages what is being read
     * @throws ProviderException when there is no such part
     */
    PartStream part(String path, Supplier<String> where) throws IOException {
        ZipEntry entry = find(path);
        if (entry == null) {
            throw Failures.broken(name, where.get(), "the part '" + path + "' is missing from the package", null);
        }
        try {
            return new PartStream(this, entry, zip.getInputStream(entry), where);
        } catch (ZipException | EOFException e) {
            throw Failures.broken(name, where.get(), "the part '" + path + "' cannot be unpacked", e);
        }
    }

    /** Opens a part to be named by its path. */
    XmlScanner scan(String path) throws IOException {
        return new XmlScanner(part(path, () -> "part '" + path + "'"));
    }

    /** How many bytes a part unpacks to, as its package says; -1 when that is not known. */
    long size(String path) {
        ZipEntry entry = find(path);
        return entry == null ? -1 : entry.getSize();
    }

    /** Counts bytes that were unpacked. */
    void count(long bytes, Supplier<String> where) {
        inflated += bytes;
        if (inflated > limits.inflatedBytes()) {
            throw Failures.limit(name, where.get(), "inflatedBytes", limits.inflatedBytes());
        }
    }

    /** Counts the bytes of a text that cells share, each time a cell uses it: a long one that all share is a bomb as well. */
    void countShared(long bytes, Supplier<String> where) {
        shared += bytes;
        count(bytes, where);
        if (shared > SHARED_COUNTS_FROM && shared / limits.inflateRatio() > length) {
            throw Failures.limit(name, where.get(), "inflateRatio", limits.inflateRatio());
        }
    }

    /** Of two parts of one name, programs take one or the other: nobody can say which is meant. */
    private void checkNames() {
        Set<String> names = new HashSet<>();
        zip.stream().map(ZipEntry::getName).forEach(part -> {
            if (!names.add(normal(part))) {
                throw Failures.broken(name, "its list of parts", "the part '" + part + "' is there twice", null);
            }
        });
    }

    private static String normal(String part) {
        return part.replace('\\', '/').toLowerCase(Locale.ROOT);
    }

    /** Names of parts are equal whatever their case; some programs write them with backslashes. */
    private @Nullable ZipEntry find(String path) {
        ZipEntry entry = zip.getEntry(path);
        return entry != null
                ? entry
                : zip.stream()
                        .filter(other -> other.getName().replace('\\', '/').equalsIgnoreCase(path))
                        .findFirst()
                        .orElse(null);
    }

    @Override
    public void close() throws IOException {
        zip.close();
        if (spool != null) {
            Files.deleteIfExists(spool);
        }
    }
}
