// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.spi.records.Limits;
import io.gantry.spi.records.TextBatch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedStringsTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 8 << 10, 100 << 10, SharedStrings.IN_MEMORY})
    void texts_are_found_in_any_order_in_memory_and_on_disk(int inMemory) throws Exception {
        Random random = new Random(3);
        List<String> texts = new ArrayList<>();
        StringBuilder xml = new StringBuilder("<sst>");
        for (int i = 0; i < 30_000; i++) {
            int length = random.nextInt(1000) == 0 ? random.nextInt(40_000) : random.nextInt(40);
            texts.add(length == 0 ? "" : i + "é".repeat(length));
            xml.append("<si><t>").append(texts.get(i)).append("</t></si>");
        }
        byte[] zip = Books.zip(Map.of("strings", xml.append("</sst>").toString()));
        try (Archive archive = Archive.open(new Books.Memory("x", zip), Limits.DEFAULT);
                SharedStrings strings = new SharedStrings(inMemory)) {
            strings.read(archive, "strings");
            assertThat(strings.size()).isEqualTo(texts.size());
            TextBatch batch = new TextBatch(1);
            int next = 0;
            for (int i = 0; i < 60_000; i++) {
                next = random.nextInt(3) == 0 ? random.nextInt(texts.size()) : (next + 1) % texts.size();
                int length = strings.copy(next, batch, 5);
                assertThat(new String(batch.buffer(), 5, length, StandardCharsets.UTF_8))
                        .isEqualTo(texts.get(next));
            }
        }
    }

    @Test
    void a_table_without_texts_is_empty() throws Exception {
        try (SharedStrings strings = new SharedStrings(0)) {
            assertThat(strings.size()).isZero();
        }
    }
}
