// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Downloads all files that are asked for, or none: what a failed call has written is deleted again. */
final class Downloads {
    private static final Logger LOG = LoggerFactory.getLogger(ImpexClient.class);

    private final Http http;
    private final Supplier<UUID> ids;

    Downloads(Http http, Supplier<UUID> ids) {
        this.http = http;
        this.ids = ids;
    }

    /** All files of a job. */
    ExportResult all(Operation operation, ExportJob job, @Nullable Path directory, boolean checkHashes) {
        checkListed(job, operation);
        Path into = directory(directory, operation);
        try {
            List<ExportedFile> files = save(operation, job.files(), job.id(), into, checkHashes);
            return new ExportResult(job, files, into, directory == null);
        } catch (RuntimeException | Error e) {
            if (directory == null) {
                discard(into);
            }
            throw e;
        }
    }

    /** Chosen files. */
    List<ExportedFile> chosen(Operation operation, List<RemoteFile> files, Path directory) {
        addresses(files, operation);
        return save(operation, files, "export", directory(directory, operation), true);
    }

    /** One file in memory. */
    byte[] bytes(Operation operation, RemoteFile file) {
        HttpUrl url = addresses(List.of(file), operation).get(0);
        MemoryTarget memory = new MemoryTarget();
        http.send(operation, new Download(url, hash(file, true), memory, new Download.Place(1, 1)));
        return memory.bytes();
    }

    /** Refuses a directory that cannot be one, before anything is asked of the server. */
    static void check(Path directory, Operation operation) {
        Path existing = directory.toAbsolutePath();
        while (existing.getParent() != null && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing)) {
            throw unwritable("the directory " + directory, new NotDirectoryException(existing.toString()), operation);
        }
        if (!Files.isWritable(existing)) {
            throw unwritable("the directory " + directory, new AccessDeniedException(existing.toString()), operation);
        }
    }

    private List<ExportedFile> save(
            Operation operation, List<RemoteFile> remote, String fallback, Path into, boolean checkHashes) {
        List<HttpUrl> urls = addresses(remote, operation);
        List<Path> written = new ArrayList<>();
        try {
            List<Download> done = new ArrayList<>();
            for (int i = 0; i < urls.size(); i++) {
                Path part = into.resolve(".gantry-" + ids.get() + ".part");
                written.add(part);
                Download.Place place = new Download.Place(i + 1, urls.size());
                FileHash hash = hash(remote.get(i), checkHashes);
                done.add(http.send(operation, new Download(urls.get(i), hash, Target.file(part), place)));
            }
            List<ExportedFile> files = new ArrayList<>();
            for (int i = 0; i < done.size(); i++) {
                Download download = done.get(i);
                String name =
                        FileName.choose(download.disposition(), download.url(), fallback + "-" + (i + 1) + ".zip");
                Path path = publish(written.get(i), name, operation);
                written.add(path);
                files.add(new ExportedFile(path, download.bytes(), remote.get(i), download.isHashed()));
            }
            return List.copyOf(files);
        } catch (RuntimeException | Error e) {
            written.forEach(Downloads::discard);
            throw e;
        }
    }

    private static @Nullable FileHash hash(RemoteFile file, boolean check) {
        return check ? file.hash().flatMap(FileHash::parse).orElse(null) : null;
    }

    private static void checkListed(ExportJob job, Operation operation) {
        if (job.listedFiles() == 0) {
            throw new JobFailedException(
                    ErrorCode.NO_FILES,
                    "export job " + job.id() + " is " + operation.shown(job.status()) + " but lists no file",
                    operation.facts(),
                    job);
        }
        if (job.files().size() < job.listedFiles()) {
            throw new ProtocolException(
                    ErrorCode.MISSING_FIELD,
                    "export job " + job.id() + " lists a file without a usable field 'file'",
                    operation.facts());
        }
        addresses(job.files(), operation);
    }

    private static List<HttpUrl> addresses(List<RemoteFile> files, Operation operation) {
        List<HttpUrl> urls = new ArrayList<>();
        for (RemoteFile file : files) {
            HttpUrl url = HttpUrl.get(file.url());
            if (url == null) {
                throw new ProtocolException(
                        ErrorCode.BAD_FILE_ADDRESS,
                        "file " + (urls.size() + 1) + " of " + files.size()
                                + " has an address that is no absolute http or https URL",
                        operation.facts());
            }
            urls.add(url);
        }
        return urls;
    }

    private static Path directory(@Nullable Path wanted, Operation operation) {
        try {
            return wanted == null ? Files.createTempDirectory("gantry-export-") : Files.createDirectories(wanted);
        } catch (IOException e) {
            throw unwritable("the directory " + (wanted == null ? "for temporary files" : wanted), e, operation);
        }
    }

    /** Gives a finished file its name, or the next one that is free, reserving it first so that no other call takes it. */
    private static Path publish(Path part, String name, Operation operation) {
        for (int number = 1; ; number++) {
            Path path = part.resolveSibling(number == 1 ? name : FileName.numbered(name, number));
            try {
                Files.createFile(path);
            } catch (FileAlreadyExistsException e) {
                LOG.debug("the name {} is taken", path);
                continue;
            } catch (IOException e) {
                throw unwritable("the file " + path, e, operation);
            }
            try {
                return Files.move(part, path, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                discard(path);
                throw unwritable("the file " + path, e, operation);
            }
        }
    }

    private static ImpexException unwritable(String what, IOException cause, Operation operation) {
        return new ImpexException(
                ErrorCode.TARGET_UNWRITABLE, what + " cannot be written: " + cause, operation.facts(), cause);
    }

    static void discard(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warn("the unfinished file {} is left behind", path, e);
        }
    }
}
