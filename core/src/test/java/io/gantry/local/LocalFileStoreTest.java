// SPDX-License-Identifier: Apache-2.0
package io.gantry.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.spi.file.FileStore;
import io.gantry.spi.file.FileStore.PendingFile;
import io.gantry.spi.file.StoredFile;
import io.gantry.testkit.FileStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFileStoreTest extends FileStoreContract {

    @TempDir
    private Path folder;

    /** A new one each time, as after a restart. */
    @Override
    protected FileStore store() throws IOException {
        return new LocalFileStore(folder.resolve("files"), Clock.systemUTC());
    }

    @Test
    void a_discarded_file_leaves_nothing_in_the_folder() throws IOException {
        try (PendingFile file = store().create("acme", "half.csv")) {
            file.out().write(new byte[100_000]);
        }
        try (Stream<Path> left = Files.walk(folder)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void nothing_is_written_outside_of_the_folder() throws IOException {
        try (PendingFile file = store().create("../../outside", "../../outside.csv")) {
            file.out().write(1);
            assertThat(file.commit().path().orElseThrow()).startsWith(folder.resolve("files"));
        }
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all).containsExactly(folder.resolve("files"));
        }
    }

    private Path root() throws IOException {
        return Files.createDirectories(folder.resolve("files")).toRealPath();
    }

    private FileStore opened(Duration later, Disk disk) throws IOException {
        return new LocalFileStore(root(), Clock.offset(Clock.systemUTC(), later), disk);
    }

    private static Path file(FileStore store, String ref) throws IOException {
        return store.find("acme", ref).orElseThrow().path().orElseThrow();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.walk(root())) {
            return all.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void a_file_is_on_the_disk_before_it_can_be_found_and_its_name_before_its_ref_is_told() throws IOException {
        List<String> forced = new ArrayList<>();
        FileStore store = opened(Duration.ZERO, path -> {
            String name = path.getFileName().toString();
            forced.add(
                    Files.isDirectory(path)
                            ? names().toString()
                            : name.substring(name.indexOf('.')) + Files.size(path));
        });
        try (PendingFile file = store.create("acme", "a")) {
            file.out().write(new byte[10]);
            forced.clear();
            String ref = file.commit().ref();
            long about = Files.size(file(store, ref).resolveSibling(ref + ".txt"));
            assertThat(forced)
                    .containsExactly(
                            "." + ref + 10,
                            "." + ref + ".txt" + about,
                            List.of(ref, ref + ".txt").toString());
        }
    }

    @Test
    void a_file_that_does_not_reach_the_disk_is_not_stored_and_leaves_nothing() throws IOException {
        for (int call = 1; call <= 3; call++) {
            AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
            FileStore store = opened(Duration.ZERO, path -> {
                if (left.decrementAndGet() == 0) {
                    throw new IOException("no space left");
                }
            });
            PendingFile file = store.create("acme", "a");
            file.out().write(new byte[10]);
            left.set(call);
            assertThatThrownBy(file::commit).hasMessage("no space left");
            file.close();
            assertThat(names()).as("after a failure of call " + call).isEmpty();
        }
    }

    @Test
    void where_folders_cannot_be_forced_files_are_stored_all_the_same() throws IOException {
        FileStore store = opened(Duration.ZERO, path -> {
            if (Files.isDirectory(path)) {
                throw new IOException("a folder");
            }
        });
        try (PendingFile file = store.create("acme", "a")) {
            assertThat(store.find("acme", file.commit().ref())).isPresent();
        }
    }

    @Test
    void an_interrupt_does_not_keep_a_file_from_the_disk_and_is_not_forgotten() throws IOException {
        try (PendingFile file = store().create("acme", "a")) {
            Thread.currentThread().interrupt();
            file.out().write(1);
            String ref = file.commit().ref();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(store().find("acme", ref)).isPresent();
        }
    }

    /** What a process leaves that is killed in each of the moments at which there is something to leave. */
    private List<String> killedAtEachMoment() throws IOException {
        List<String> left = new ArrayList<>();
        for (List<String> parts : List.of(
                List.of("parts/T.R"), // it writes
                List.of("parts/T.R", "parts/T.R.txt"), // it commits
                List.of("T/R", "parts/T.R.txt"), // it commits, or deletes
                List.of("parts/T.R.txt"))) { // it deletes
            PendingFile whole = store().create("acme", "a");
            whole.out().write(new byte[100_000]);
            StoredFile stored = whole.commit();
            Path data = stored.path().orElseThrow();
            Path about = data.resolveSibling(stored.ref() + ".txt");
            String tenant = data.getParent().getFileName().toString();
            String otherRef = (stored.ref().charAt(0) == 'x' ? "y" : "x")
                    + stored.ref().substring(1); // the file itself is deleted below
            for (String part : parts) {
                String name = part.replace("T", tenant).replace("R", otherRef);
                Files.copy(part.endsWith(".txt") ? about : data, root().resolve(name));
                left.add(name.substring(name.indexOf('/') + 1));
            }
            assertThat(store().delete("acme", stored.ref())).isTrue();
        }
        return left;
    }

    @Test
    void what_a_killed_process_has_left_is_swept_a_day_later_and_nothing_else() throws IOException {
        List<String> left = killedAtEachMoment();
        StoredFile kept;
        try (PendingFile file = store().create("acme", "kept")) {
            kept = file.commit();
        }
        Path foreign = Files.writeString(root().resolve("parts/notes.part"), "not ours");
        opened(Duration.ofHours(23), Disk::sync);
        assertThat(names()).containsAll(left);
        FileStore store = opened(Duration.ofHours(25), Disk::sync);
        assertThat(names()).containsExactlyInAnyOrder(kept.ref(), kept.ref() + ".txt", "notes.part");
        assertThat(store.find("acme", kept.ref())).isPresent();
        assertThat(foreign).exists();
    }

    @Test
    void a_process_that_was_held_up_until_its_file_was_swept_stores_nothing() throws IOException {
        PendingFile early = store().create("acme", "held up before its commit");
        opened(Duration.ofHours(25), Disk::sync);
        assertThatThrownBy(early::commit).isInstanceOf(IOException.class);
        early.close();

        FileStore store = opened(Duration.ZERO, path -> {
            if (Files.isDirectory(path) && !names().isEmpty()) {
                for (String name : names()) {
                    if (name.length() == 22) { // as if the sweep had come between the two moves
                        Files.delete(path.resolve(name));
                    }
                }
            }
        });
        PendingFile late = store.create("acme", "held up in the midst of its commit");
        assertThatThrownBy(late::commit).isInstanceOf(IOException.class);
        late.close();
        assertThat(names()).isEmpty();
    }
}
