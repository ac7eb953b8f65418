// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.Gantry;
import io.gantry.Principal;
import io.gantry.local.InMemoryDocumentStore;
import io.gantry.settings.TenantSettings;
import io.gantry.spi.document.Document;
import io.gantry.spi.document.DocumentWrite;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsBookTest {

    @Test
    void settings_that_were_written_before_there_was_one_of_them_have_its_default() {
        InMemoryDocumentStore documents = new InMemoryDocumentStore();
        try (Gantry gantry = Gantry.builder()
                .documents(documents)
                .settings(TenantSettings.DEFAULT.undoDays(7))
                .build()) {
            documents.commit(List.of(new DocumentWrite.Insert(
                    new Document("acme", SettingsBook.KIND.name(), "tenant", 1, Map.of(), "{\"runs\": 3}"))));
            assertThat(gantry.workspace(Principal.owner("acme", "ada"))
                            .settings()
                            .get())
                    .isEqualTo(TenantSettings.DEFAULT.undoDays(7).limits(3, 1));
        }
    }
}
