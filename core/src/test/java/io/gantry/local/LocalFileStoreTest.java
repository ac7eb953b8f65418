// SPDX-License-Identifier: Apache-2.0
package io.gantry.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.spi.file.FileStore;
import io.gantry.spi.file.FileStore.PendingFile;
import io.gantry.testkit.FileStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
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
}
