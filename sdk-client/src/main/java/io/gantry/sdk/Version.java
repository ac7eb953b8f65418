// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The versions of the client and of Java. */
final class Version {
    static final String CLIENT = read();
    static final String JAVA = System.getProperty("java.version", "unknown");

    private Version() {}

    private static String read() {
        Properties properties = new Properties();
        try (InputStream file = Version.class.getResourceAsStream("version.properties")) {
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "unknown");
    }
}
