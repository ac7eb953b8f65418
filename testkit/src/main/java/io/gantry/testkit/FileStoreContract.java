// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.spi.file.FileStore;
import io.gantry.spi.file.FileStore.PendingFile;
import io.gantry.spi.file.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/**
 * What every {@link FileStore} must do. A provider's author extends it, implements the hooks, and inherits the tests.
 */
public abstract class FileStoreContract {

    private static final String TENANT = "acme";

    /** What a caller might send in the place of a ref. */
    private static final List<String> STRANGE_REFS = List.of(
            "",
            " ",
            ".",
            "..",
            "../../etc/passwd",
            "..%2f..%2fetc%2fpasswd",
            "/etc/passwd",
            "C:\\Windows\\win.ini",
            "none",
            "a\0b",
            "\0",
            "\n",
            "*",
            "?",
            "' OR 1=1 --",
            "\ud83d\ude00",
            "\ud83d",
            "\u00e9".repeat(30),
            "x".repeat(22),
            "x".repeat(100_000));

    /** For the test class that extends the suite. */
    protected FileStoreContract() {}

    /**
     * The store under test. Files may be in it already.
     *
     * @return the same store each time, or another with the same files
     * @throws IOException when it cannot be opened
     */
    protected abstract FileStore store() throws IOException;

    private StoredFile put(String tenant, String name, byte[] bytes) throws IOException {
        try (PendingFile file = store().create(tenant, name)) {
            file.out().write(bytes);
            return file.commit();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] read(StoredFile file) throws IOException {
        try (InputStream in = file.open()) {
            return in.readAllBytes();
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private StoredFile find(String ref) throws IOException {
        return store().find(TENANT, ref).orElseThrow();
    }

    private static void isSame(StoredFile file, String name, byte[] bytes) throws IOException {
        assertThat(file.name()).isEqualTo(name);
        assertThat(file.length()).isEqualTo(bytes.length);
        assertThat(file.sha256()).isEqualTo(sha256(bytes));
        assertThat(file.storedAt()).isNotNull();
        assertThat(read(file)).isEqualTo(bytes);
        if (file.path().isPresent()) {
            assertThat(Files.readAllBytes(file.path().get())).isEqualTo(bytes);
        }
    }

    @Test
    final void a_committed_file_is_found_with_its_bytes_name_length_and_hash() throws IOException {
        StoredFile file = put(TENANT, "students.csv", bytes("id,name\n1,Ada\n"));
        assertThat(file.ref()).matches("[A-Za-z0-9_-]+");
        isSame(file, "students.csv", bytes("id,name\n1,Ada\n"));
        StoredFile found = find(file.ref());
        assertThat(found.ref()).isEqualTo(file.ref());
        assertThat(found.storedAt()).isEqualTo(file.storedAt());
        isSame(found, "students.csv", bytes("id,name\n1,Ada\n"));
    }

    @Test
    final void a_file_may_be_empty_and_may_be_large() throws IOException {
        isSame(put(TENANT, "empty", new byte[0]), "empty", new byte[0]);
        byte[] large = new byte[5_000_000];
        new Random(3).nextBytes(large);
        StoredFile file;
        try (PendingFile pending = store().create(TENANT, "large")) {
            pending.out().write(large[0]);
            pending.out().write(large, 1, 1_999_999);
            pending.out().flush();
            pending.out().write(large, 2_000_000, 3_000_000);
            pending.out().write(new byte[0]);
            file = pending.commit();
        }
        isSame(find(file.ref()), "large", large);
    }

    @Test
    final void a_file_can_be_read_several_times_at_once() throws IOException {
        StoredFile file = put(TENANT, "a", bytes("abc"));
        try (InputStream first = file.open();
                InputStream second = file.open()) {
            assertThat(first.read()).isEqualTo('a');
            assertThat(second.readAllBytes()).isEqualTo(bytes("abc"));
            assertThat(first.readAllBytes()).isEqualTo(bytes("bc"));
        }
    }

    @Test
    final void names_are_kept_as_they_are_and_lead_nowhere() throws IOException {
        List<String> names = new ArrayList<>(Values.scripts());
        names.addAll(List.of(
                "../../etc/passwd",
                "/etc/passwd",
                "..",
                "",
                " ",
                "a/b\\c:d",
                "CON",
                "two\nlines\r\n",
                "a\0b",
                "x".repeat(10_000)));
        for (String name : names) {
            StoredFile file = put(TENANT, name, bytes(name));
            assertThat(file.ref()).matches("[A-Za-z0-9_-]+");
            isSame(find(file.ref()), name, bytes(name));
        }
    }

    @Test
    final void files_with_one_name_are_different_files() throws IOException {
        StoredFile first = put(TENANT, "same.csv", bytes("1"));
        StoredFile second = put(TENANT, "same.csv", bytes("2"));
        assertThat(first.ref()).isNotEqualTo(second.ref());
        assertThat(read(find(first.ref()))).isEqualTo(bytes("1"));
        assertThat(read(find(second.ref()))).isEqualTo(bytes("2"));
    }

    @Test
    final void a_file_of_another_tenant_looks_like_one_that_never_was() throws IOException {
        StoredFile file = put(TENANT, "secret.csv", bytes("secret"));
        for (String tenant : List.of("zeta", "ACME", "acme ", "", "../acme", "acme/", "acme\0", "*")) {
            assertThat(store().find(tenant, file.ref())).isEmpty();
            assertThat(store().delete(tenant, file.ref())).isFalse();
        }
        assertThat(read(find(file.ref()))).isEqualTo(bytes("secret"));
    }

    @Test
    final void tenants_may_have_any_name() throws IOException {
        List<String> tenants = new ArrayList<>(Values.scripts());
        tenants.addAll(List.of("../zeta", "/", "..", "a", "A", "x".repeat(300)));
        List<StoredFile> files = new ArrayList<>();
        for (String tenant : tenants) {
            files.add(put(tenant, "file", bytes(tenant)));
        }
        for (int i = 0; i < files.size(); i++) {
            for (String tenant : tenants) {
                assertThat(store().find(tenant, files.get(i).ref()).isPresent())
                        .isEqualTo(tenant.equals(tenants.get(i)));
            }
        }
    }

    @Test
    final void strange_refs_are_refs_of_no_file() throws IOException {
        StoredFile file = put(TENANT, "a", bytes("a"));
        List<String> refs = new ArrayList<>(STRANGE_REFS);
        refs.addAll(List.of(
                file.ref() + " ",
                file.ref() + ".",
                file.ref() + "/",
                file.ref() + "\0",
                "./" + file.ref(),
                file.ref().substring(1),
                file.ref() + file.ref(),
                "../" + TENANT + "/" + file.ref()));
        for (String ref : refs) {
            assertThat(store().find(TENANT, ref)).as(ref).isEmpty();
            assertThat(store().delete(TENANT, ref)).as(ref).isFalse();
        }
        assertThat(read(find(file.ref()))).isEqualTo(bytes("a"));
    }

    @Test
    final void a_file_that_was_closed_without_a_commit_is_discarded() throws IOException {
        PendingFile file = store().create(TENANT, "half.csv");
        file.out().write(bytes("half"));
        file.close();
        file.close();
        assertThatThrownBy(file::commit).isInstanceOfAny(IOException.class, IllegalStateException.class);
    }

    @Test
    final void closing_its_stream_alone_neither_stores_nor_discards_a_file() throws IOException {
        try (PendingFile file = store().create(TENANT, "closed.csv")) {
            file.out().write(bytes("closed"));
            file.out().close();
            isSame(find(file.commit().ref()), "closed.csv", bytes("closed"));
        }
    }

    @Test
    final void a_committed_file_stays_when_it_is_closed() throws IOException {
        PendingFile pending = store().create(TENANT, "kept.csv");
        pending.out().write(bytes("kept"));
        StoredFile file = pending.commit();
        pending.close();
        pending.close();
        isSame(find(file.ref()), "kept.csv", bytes("kept"));
    }

    @Test
    final void a_file_that_is_being_written_stays_when_the_store_is_opened_elsewhere() throws IOException {
        try (PendingFile pending = store().create(TENANT, "slow.csv")) {
            pending.out().write(bytes("slow"));
            pending.out().flush();
            StoredFile other = put(TENANT, "quick.csv", bytes("quick"));
            isSame(find(other.ref()), "quick.csv", bytes("quick"));
            pending.out().write(bytes("ly"));
            isSame(find(pending.commit().ref()), "slow.csv", bytes("slowly"));
        }
    }

    @Test
    final void a_file_is_committed_once() throws IOException {
        try (PendingFile pending = store().create(TENANT, "once.csv")) {
            pending.out().write(bytes("once"));
            StoredFile file = pending.commit();
            assertThatThrownBy(pending::commit).isInstanceOfAny(IOException.class, IllegalStateException.class);
            isSame(find(file.ref()), "once.csv", bytes("once"));
        }
    }

    @Test
    final void a_deleted_file_is_gone_for_good() throws IOException {
        StoredFile file = put(TENANT, "a", bytes("a"));
        StoredFile other = put(TENANT, "a", bytes("a"));
        assertThat(store().delete(TENANT, file.ref())).isTrue();
        assertThat(store().delete(TENANT, file.ref())).isFalse();
        assertThat(store().find(TENANT, file.ref())).isEmpty();
        assertThat(store().find(TENANT, other.ref())).isPresent();
    }

    @Test
    final void many_files_may_be_written_at_once() throws IOException {
        Queue<StoredFile> files = new ConcurrentLinkedQueue<>();
        Together.run(8, thread -> {
            for (int i = 0; i < 25; i++) {
                String tenant = "tenant" + thread % 3;
                byte[] content = bytes((thread + "-" + i + " ").repeat(2_000));
                StoredFile file = put(tenant, thread + "-" + i, content);
                assertThat(read(store().find(tenant, file.ref()).orElseThrow())).isEqualTo(content);
                if (i % 5 == 0) {
                    assertThat(store().delete(tenant, file.ref())).isTrue();
                } else {
                    files.add(file);
                }
            }
        });
        assertThat(files).extracting(StoredFile::ref).hasSize(160).doesNotHaveDuplicates();
        for (StoredFile file : files) {
            String tenant = "tenant" + Integer.parseInt(file.name().substring(0, 1)) % 3;
            isSame(
                    store().find(tenant, file.ref()).orElseThrow(),
                    file.name(),
                    bytes((file.name() + " ").repeat(2_000)));
        }
    }
}
