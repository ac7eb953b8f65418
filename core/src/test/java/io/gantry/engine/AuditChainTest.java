// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class AuditChainTest {

    @Test
    void ids_of_events_are_the_same_in_locales_with_digits_of_their_own() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG"));
        try {
            assertThat(AuditChain.id(42)).isEqualTo("0000000000000000042");
        } finally {
            Locale.setDefault(before);
        }
    }
}
