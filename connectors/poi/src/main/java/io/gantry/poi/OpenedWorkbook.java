// SPDX-License-Identifier: Apache-2.0
package io.gantry.poi;

import io.gantry.spi.ProviderException;
import io.gantry.spi.file.FileContent;
import io.gantry.spi.records.Limits;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import org.apache.poi.EncryptedDocumentException;
import org.apache.poi.poifs.crypt.Decryptor;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.filesystem.DirectoryNode;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/** A workbook in the form of {@code .xlsx}: the file itself, or a temporary file that is deleted when closed. */
final class OpenedWorkbook implements FileContent, Closeable {

    private static final byte[] COMPOUND = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0};

    private final FileContent file;
    private final Optional<Path> temporary;
    private final long length;

    private OpenedWorkbook(FileContent file, Optional<Path> temporary) throws IOException {
        this.file = file;
        this.temporary = temporary;
        this.length = temporary.isPresent() ? Files.size(temporary.get()) : file.length();
    }

    static OpenedWorkbook of(FileContent file, Password password, Limits limits) throws IOException {
        if (file.length() > limits.bytes()) {
            throw Failures.limit(file.name(), "bytes", limits.bytes());
        }
        try (InputStream in = file.open()) {
            if (!Arrays.equals(in.readNBytes(COMPOUND.length), COMPOUND)) {
                return new OpenedWorkbook(file, Optional.empty());
            }
        }
        Path copy = Files.createTempFile("gantry-", ".compound");
        Path opened = Files.createTempFile("gantry-", ".xlsx");
        boolean done = false;
        try {
            Path path = file.path().orElse(copy);
            if (path.equals(copy)) {
                try (InputStream in = file.open();
                        OutputStream out = Files.newOutputStream(copy)) {
                    in.transferTo(out);
                }
            }
            convert(file, path, opened, password, limits);
            OpenedWorkbook workbook = new OpenedWorkbook(file, Optional.of(opened));
            done = true;
            return workbook;
        } finally {
            Files.deleteIfExists(copy);
            if (!done) {
                Files.deleteIfExists(opened);
            }
        }
    }

    private static void convert(FileContent file, Path from, Path to, Password password, Limits limits)
            throws IOException {
        try (POIFSFileSystem container = new POIFSFileSystem(from.toFile(), true)) {
            DirectoryNode root = container.getRoot();
            if (root.hasEntryCaseInsensitive(Decryptor.DEFAULT_POIFS_ENTRY)) {
                decrypt(file.name(), container, to, password, limits);
            } else if (root.hasEntryCaseInsensitive("Workbook") || root.hasEntryCaseInsensitive("Book")) {
                String stream = root.hasEntryCaseInsensitive("Workbook") ? "Workbook" : "Book";
                try (InputStream records = container.createDocumentInputStream(
                        root.getEntryCaseInsensitive(stream).getName())) {
                    new BiffConverter(file.name(), limits).convert(records, to, password);
                }
            } else {
                throw Failures.broken(file.name(), "it is a compound file without a workbook in it", null);
            }
        } catch (EncryptedDocumentException e) {
            throw Failures.encrypted(file.name(), password);
        } catch (ProviderException e) {
            throw e;
        } catch (RuntimeException e) { // what the library throws at damaged files
            throw Failures.broken(file.name(), "its records are damaged or cut off", e);
        }
    }

    private static void decrypt(String name, POIFSFileSystem container, Path to, Password password, Limits limits)
            throws IOException {
        try {
            Decryptor decryptor = Decryptor.getInstance(new EncryptionInfo(container));
            boolean opens = decryptor.verifyPassword(Decryptor.DEFAULT_PASSWORD)
                    || password.isKnown() && decryptor.verifyPassword(password.text());
            if (!opens) {
                throw Failures.encrypted(name, password);
            }
            try (InputStream in = decryptor.getDataStream(container);
                    OutputStream out = Files.newOutputStream(to)) {
                byte[] buffer = new byte[1 << 16];
                long copied = 0;
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    copied += read;
                    if (copied > limits.bytes()) {
                        throw Failures.limit(name, "bytes", limits.bytes());
                    }
                    out.write(buffer, 0, read);
                }
            }
        } catch (GeneralSecurityException e) {
            throw Failures.broken(name, "its encryption is none that is known here", e);
        }
    }

    /** Those for reading it: how large the file may be was settled when it was opened. */
    Limits limits(Limits given) {
        return temporary.isPresent() ? given.bytes(Math.max(given.bytes(), length)) : given;
    }

    @Override
    public String name() {
        return file.name();
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public InputStream open() throws IOException {
        return temporary.isPresent() ? Files.newInputStream(temporary.get()) : file.open();
    }

    @Override
    public Optional<Path> path() {
        return temporary.or(file::path);
    }

    @Override
    public void close() throws IOException {
        if (temporary.isPresent()) {
            Files.deleteIfExists(temporary.get());
        }
    }
}
