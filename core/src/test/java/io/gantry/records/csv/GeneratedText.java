// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.csv;

import io.gantry.spi.records.FormatOptions;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Short inputs made of the characters that matter to a reader, in orders nobody would think of. */
final class GeneratedText {

    private static final String[] ORDINARY = {
        "a", "b", "1", ".", " ", "word", "longer than eight bytes", "é", "漢字", "😀", "\t", "\u000B", "\0", "#"
    };

    private GeneratedText() {}

    static byte[] bytes(Random random, FormatOptions options) {
        String delimiter = options.get("delimiter", ",");
        String quote = options.get("quote", "\"").replace("none", "\"");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int tokens = random.nextInt(30);
        int quotes = 1 + random.nextInt(20);
        for (int i = 0; i < tokens; i++) {
            switch (random.nextInt(14)) {
                case 0, 1, 2 -> put(out, delimiter);
                case 3 -> put(out, random.nextBoolean() ? "\n" : "\r\n");
                case 4 -> put(out, (random.nextInt(4) == 0 ? "\r" : "\n") + (random.nextInt(4) == 0 ? "#" : ""));
                case 5 -> put(out, random.nextInt(quotes) == 0 ? quote : "x");
                case 6 -> put(out, delimiter + quote + word(random) + quote + delimiter);
                case 7 -> put(out, delimiter + quote + word(random) + quote + quote + word(random) + quote);
                case 8 -> put(out, quote + word(random) + (random.nextBoolean() ? "\n" : delimiter) + quote);
                case 9 -> out.write(0x80 + random.nextInt(0x7F)); // malformed as UTF-8, and never a byte order mark
                default -> put(out, word(random));
            }
        }
        return out.toByteArray();
    }

    private static String word(Random random) {
        return ORDINARY[random.nextInt(ORDINARY.length)];
    }

    private static void put(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
