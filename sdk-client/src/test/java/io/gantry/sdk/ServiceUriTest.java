// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceUriTest {
    private static final String ID = "7a1b2c3d-0000-4000-8000-00000000000F";

    @Test
    void folder_and_service_with_and_without_a_version() {
        ServiceUri plain = ServiceUri.parse("my-folder/my service");
        assertThat(plain.folder()).hasValue("my-folder");
        assertThat(plain.service()).hasValue("my service");
        assertThat(plain.version()).isEmpty();
        assertThat(plain.serviceId()).isEmpty();
        assertThat(plain.versionId()).isEmpty();

        ServiceUri versioned = ServiceUri.parse("my-folder/my-service[0.4.2]");
        assertThat(versioned.service()).hasValue("my-service");
        assertThat(versioned.version()).hasValue("0.4.2");
    }

    @Test
    void ids_of_services_and_versions() {
        assertThat(ServiceUri.parse("service/" + ID).serviceId()).hasValue(ID);
        assertThat(ServiceUri.parse("version/" + ID).versionId()).hasValue(ID);
        assertThat(ServiceUri.parse(ID).serviceId()).hasValue(ID);
        assertThat(ServiceUri.parse(ID).folder()).isEmpty();
    }

    @Test
    void the_long_form_names_folders_that_are_called_like_a_form() {
        ServiceUri uri = ServiceUri.parse("folders/service/services/version[1.0]");
        assertThat(uri.folder()).hasValue("service");
        assertThat(uri.service()).hasValue("version");
        assertThat(uri.version()).hasValue("1.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b",
                "A b/c.d-e_f (1)",
                "Ordner/Dienst für Äpfel[3.2]",
                "a/b[0.4.2-rc.1]",
                "service/x-1",
                "version/9",
                ID,
                "folders/f/services/s",
                "フォルダ/サービス"
            })
    void prints_back_exactly_what_was_parsed(String text) {
        assertThat(ServiceUri.parse(text)).hasToString(text).isEqualTo(ServiceUri.parse(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|is empty",
                "`  `|is empty",
                "` a/b`|has blanks around it",
                "`a/b `|has blanks around it",
                "my-service|names no folder and is no id",
                "a/b/c|has 3 parts, and folders are not nested",
                "a/b/c/d|has four parts but is not folders/",
                "/a/b|has an empty part",
                "a//b|has an empty part",
                "a/|has an empty part",
                "a/b[|has a '[' at position 3 that is not closed",
                "a/b[1.0|has a '[' at position 3 that is not closed",
                "a/b[]|has no version between its brackets",
                "a/b[1[2]|has no version between its brackets",
                "a/b[1.0]x|goes on after the ']' at position 7",
                "a/b]|has a ']' without a '['",
                "service/7[1.0]|has a [version] after an id",
                "`a\tb/c`|has a control character"
            })
    void says_what_is_wrong_where_and_what_would_be_right(String text, String problem) {
        assertThatThrownBy(() -> ServiceUri.parse(text))
                .isInstanceOfSatisfying(
                        ImpexException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_SERVICE_URI))
                .hasMessageContaining(problem)
                .hasMessageContaining("write folder/service, folder/service[version]");
    }
}
