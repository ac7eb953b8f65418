// SPDX-License-Identifier: Apache-2.0
package io.gantry.local;

import io.gantry.spi.file.FileStore;
import io.gantry.spi.file.StoredFile;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Keeps files in a folder of this machine: one folder a tenant, and for each file its bytes beside a small text with its
 * name, hash and time. A file appears by one atomic move, whole, and is on the disk by then: bytes and text are forced there
 * before they are moved, and the folder, where the platform can do that to folders, before {@code commit} returns.
 *
 * <p>What is not a file yet, or not any more, lies in a folder of its own, {@code parts}. What a process that was killed left there
 * is deleted when a store is opened, once nothing was written to it for {@link #LEFT_AFTER}: what is younger may be in the hands
 * of another process that shares the folder. So opening takes as long as there are such parts, however many files there are. A
 * process that holds still for longer than that in the midst of a file cannot commit it any more.
 *
 * <p>Names of folders and files are made here and never taken from a caller: a tenant is hashed, a ref is 128 random bits.
 */
public final class LocalFileStore implements FileStore {

    private static final Pattern REF = Pattern.compile("[A-Za-z0-9_-]{22}");

    /** How long nothing was written to half a file when it is taken to be left by a process that is no more. */
    static final Duration LEFT_AFTER = Duration.ofDays(1);

    private final Path root;
    private final Path parts;
    private final Clock clock;
    private final Disk disk;
    private final boolean forcesFolders;
    private final SecureRandom random = new SecureRandom();

    /** Folders of tenants whose names are on the disk. */
    private final Set<Path> known = ConcurrentHashMap.newKeySet();

    /**
     * Opens a folder, and sweeps it.
     *
     * @param root made when it is not there
     * @param clock tells when a file was stored, and how old is what was left of one
     * @throws IOException when it cannot be made
     */
    public LocalFileStore(Path root, Clock clock) throws IOException {
        this(root, clock, Disk::sync);
    }

    /**
     * Opens a folder whose files need not survive a crash of the machine, such as a temporary one: nothing is forced to the
     * disk, which makes small files many times quicker.
     *
     * @param root made when it is not there
     * @param clock tells when a file was stored
     * @return the store
     * @throws IOException when it cannot be made
     */
    public static LocalFileStore temporary(Path root, Clock clock) throws IOException {
        return new LocalFileStore(root, clock, path -> {});
    }

    LocalFileStore(Path root, Clock clock, Disk disk) throws IOException {
        this.root = Files.createDirectories(root).toRealPath();
        this.parts = Files.createDirectories(this.root.resolve("parts"));
        this.clock = clock;
        this.disk = disk;
        this.forcesFolders = forcesFolders();
        Leftovers.sweep(this.root, parts, clock.instant().minus(LEFT_AFTER));
    }

    /** Found out once, so that a failure later on is one: Windows and some network file systems cannot do it. */
    private boolean forcesFolders() {
        try {
            disk.force(root);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void forceFolder(Path folder) throws IOException {
        if (forcesFolders) {
            disk.force(folder);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private Path folder(String tenant) {
        return root.resolve(HexFormat.of().formatHex(sha256().digest(tenant.getBytes(StandardCharsets.UTF_8)), 0, 16));
    }

    /** Where a part of a file lies whose tenant has a folder. */
    private Path part(Path folder, String ref, String end) {
        return parts.resolve(folder.getFileName() + "." + ref + end);
    }

    @Override
    public PendingFile create(String tenant, String name) throws IOException {
        byte[] bits = new byte[16];
        random.nextBytes(bits);
        String ref = Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
        Path folder = folder(tenant);
        if (!known.contains(folder)) {
            Files.createDirectories(folder);
            forceFolder(root);
            known.add(folder);
        }
        return new Pending(folder, ref, name);
    }

    @Override
    public Optional<StoredFile> find(String tenant, String ref) throws IOException {
        Path about =
                folder(tenant).resolve(ref.length() == 22 && REF.matcher(ref).matches() ? ref + ".txt" : "none");
        if (!Files.isRegularFile(about)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(about);
        Path data = about.resolveSibling(ref);
        return Optional.of(new Stored(
                ref,
                new String(Base64.getDecoder().decode(lines.get(0)), StandardCharsets.UTF_8),
                Long.parseLong(lines.get(1)),
                lines.get(2),
                Instant.parse(lines.get(3)),
                data));
    }

    @Override
    public boolean delete(String tenant, String ref) throws IOException {
        Optional<StoredFile> file = find(tenant, ref);
        if (file.isEmpty()) {
            return false;
        }
        Path folder = folder(tenant);
        Path about = part(folder, ref, ".txt");
        move(
                folder.resolve(ref + ".txt"),
                about); // from here on it is gone; and whoever is killed here has left a part
        Files.deleteIfExists(file.get().path().orElseThrow());
        Files.deleteIfExists(about);
        forceFolder(folder);
        return true;
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to);
        }
    }

    private record Stored(String ref, String name, long length, String sha256, Instant storedAt, Path data)
            implements StoredFile {
        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(data);
        }

        @Override
        public Optional<Path> path() {
            return Optional.of(data);
        }
    }

    private final class Pending implements PendingFile {

        private final Path folder;
        private final String ref;
        private final String name;
        private final MessageDigest digest = sha256();
        private final OutputStream file;
        private final OutputStream out;
        private long length;
        private boolean closed;

        Pending(Path folder, String ref, String name) throws IOException {
            this.folder = folder;
            this.ref = ref;
            this.name = name;
            this.file = new BufferedOutputStream(Files.newOutputStream(part("")), 1 << 16);
            this.out = new FilterOutputStream(new DigestOutputStream(file, digest)) {
                @Override
                public void write(byte[] bytes, int offset, int count) throws IOException {
                    out.write(bytes, offset, count);
                    length += count;
                }

                @Override
                public void write(int b) throws IOException {
                    out.write(b);
                    length++;
                }
            };
        }

        private Path whole(String end) {
            return folder.resolve(ref + end);
        }

        private Path part(String end) {
            return LocalFileStore.this.part(folder, ref, end);
        }

        @Override
        public OutputStream out() {
            return out;
        }

        @Override
        public StoredFile commit() throws IOException {
            if (closed) {
                throw new IllegalStateException("The file was committed or discarded before");
            }
            out.close();
            String hash = HexFormat.of().formatHex(digest.digest());
            Instant now = clock.instant();
            String encodedName = Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
            Files.write(part(".txt"), List.of(encodedName, Long.toString(length), hash, now.toString()));
            disk.force(part(""));
            disk.force(part(".txt"));
            move(part(""), whole(""));
            move(part(".txt"), whole(".txt")); // from here on it can be found
            forceFolder(folder);
            if (!Files.exists(whole(""))) {
                throw new NoSuchFileException(ref, null, "The file was swept while it was held up for too long");
            }
            closed = true;
            return new Stored(ref, name, length, hash, now, whole(""));
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                try {
                    file.close();
                } finally {
                    // first what makes it found
                    for (Path left : List.of(whole(".txt"), whole(""), part(".txt"), part(""))) {
                        Files.deleteIfExists(left);
                    }
                }
            }
        }
    }
}
