// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks;

import io.gantry.mapping.ImportMapping;
import io.gantry.mapping.ImportMappingBuilder;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.FieldType;
import io.gantry.spi.schema.Schema;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Random;

/**
 * The file that all measurements read: rows of twelve columns, made from a fixed seed, so that every machine has the same one.
 * Names come in several scripts; a tenth of the free texts has commas, quotes and line ends.
 */
public final class SampleFile {

    /** The dataset the file is loaded into. */
    public static final Schema SCHEMA = Schema.of(
                    Field.of("id", FieldType.INTEGER).required(),
                    Field.of("email", FieldType.STRING).required().length(254),
                    Field.of("first_name", FieldType.STRING).required().length(100),
                    Field.of("last_name", FieldType.STRING).required().length(100),
                    Field.of("born", FieldType.DATE),
                    Field.of("balance", FieldType.DECIMAL).decimal(12, 2),
                    Field.of("status", FieldType.STRING).required().length(20),
                    Field.of("phone", FieldType.STRING).length(40),
                    Field.of("country", FieldType.STRING).length(2),
                    Field.of("visits", FieldType.INTEGER),
                    Field.of("joined", FieldType.TIMESTAMP),
                    Field.of("remark", FieldType.STRING).length(2000))
            .key("id");

    /** Where the file lies, and stays, unless a program is told otherwise. */
    public static final Path FOLDER = Path.of(System.getProperty("java.io.tmpdir"), "gantry-benchmarks");

    private static final String HEADER =
            "id,email,first_name,last_name,born,balance,status,phone,country,visits,joined,remark";
    private static final String[] FIRST = {
        "Ada",
        "Grace",
        "Łukasz",
        "Zoë",
        "José",
        "Иван",
        "Ольга",
        "太郎",
        "花子",
        "Σοφία",
        "Ahmet",
        "محمد",
        "Søren",
        "Anaïs",
        "Maximilian",
        "Chloe"
    };
    private static final String[] LAST = {
        "Lovelace",
        "Hopper",
        "Wójcik",
        "Müller",
        "García",
        "Петров",
        "Иванова",
        "山田",
        "佐藤",
        "Παπαδόπουλος",
        "Yılmaz",
        "علي",
        "Kierkegaard",
        "Lefèvre",
        "Featherstonehaugh",
        "Smith"
    };
    private static final String[] STATUS = {"active", "suspended", "closed", "pending"};
    private static final String[] COUNTRY = {"DE", "FR", "GB", "US", "JP", "PL", "GR", "TR"};
    private static final String[] WORDS = {
        "delivery",
        "invoice",
        "called",
        "back",
        "about",
        "the",
        "contract",
        "renewal",
        "and",
        "asked",
        "for",
        "discount",
        "terms",
        "quarter",
        "report",
        "meeting"
    };

    private SampleFile() {}

    /**
     * The mapping with which the file is loaded: types, formats, and a check for nearly every column.
     *
     * @param mapping the builder
     * @return the builder
     */
    public static ImportMappingBuilder mapping(ImportMappingBuilder mapping) {
        return mapping.column("id")
                .min("1")
                .column("email")
                .email()
                .columns("first_name", "last_name")
                .column("born")
                .min("1900-01-01")
                .max("2030-01-01")
                .column("balance")
                .min("-1000000")
                .max("1000000")
                .column("status")
                .oneOf(STATUS)
                .column("phone")
                .pattern("\\+?[0-9 ()-]{6,20}")
                .column("country")
                .length(2, 2)
                .column("visits")
                .min("0")
                .column("joined")
                .column("remark");
    }

    /**
     * The mapping that inserts.
     *
     * @return with the checks of {@link #mapping}
     */
    public static ImportMapping inserting() {
        return ImportMapping.of(mapping -> mapping(mapping).insert());
    }

    /**
     * Makes the file, unless it is there.
     *
     * @param folder where it shall be
     * @param rows how many
     * @param badPercent how many of a hundred rows have a bad cell
     * @return the file
     * @throws IOException when it cannot be written
     */
    public static Path make(Path folder, int rows, int badPercent) throws IOException {
        Path file = folder.resolve("sample-" + rows + (badPercent == 0 ? "" : "-bad" + badPercent) + ".csv");
        if (Files.exists(file)) {
            return file;
        }
        Random random = new Random(42);
        Random bad = new Random(7);
        Path partial = Files.createTempFile(folder, "sample", ".part");
        try (BufferedWriter out = Files.newBufferedWriter(partial, StandardCharsets.UTF_8)) {
            out.write(HEADER);
            out.write('\n');
            StringBuilder row = new StringBuilder();
            for (int i = 1; i <= rows; i++) {
                row.setLength(0);
                row(row, i, random, bad.nextInt(100) < badPercent);
                out.append(row);
            }
        }
        return Files.move(partial, file);
    }

    private static void row(StringBuilder row, int id, Random random, boolean bad) {
        row.append(id).append(",user").append(id).append(".").append(Integer.toString(random.nextInt(1_000_000), 36));
        row.append(bad ? " at " : "@").append("mail").append(random.nextInt(50)).append(".example.com,");
        row.append(FIRST[random.nextInt(FIRST.length)])
                .append(',')
                .append(LAST[random.nextInt(LAST.length)])
                .append(',');
        row.append(LocalDate.ofEpochDay(random.nextInt(20_000) - 7_000)).append(',');
        int cents = random.nextInt(20_000_000) - 10_000_000;
        row.append(cents < 0 ? "-" : "").append(Math.abs(cents) / 100).append('.');
        row.append(Math.abs(cents) % 100 / 10).append(Math.abs(cents) % 10).append(',');
        row.append(STATUS[random.nextInt(STATUS.length)])
                .append(",+49 ")
                .append(100 + random.nextInt(900))
                .append(' ');
        row.append(1_000_000 + random.nextInt(9_000_000)).append(',').append(COUNTRY[random.nextInt(COUNTRY.length)]);
        row.append(',').append(random.nextInt(5_000)).append(',');
        row.append(LocalDate.ofEpochDay(15_000 + random.nextInt(5_000))).append('T');
        two(row, random.nextInt(24)).append(':');
        two(row, random.nextInt(60)).append(':');
        two(row, random.nextInt(60)).append("Z,");
        remark(row, random);
        row.append('\n');
    }

    private static StringBuilder two(StringBuilder row, int number) {
        return row.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    private static void remark(StringBuilder row, Random random) {
        boolean quoted = random.nextInt(10) == 0;
        row.append(quoted ? "\"" : "");
        int words = 2 + random.nextInt(6);
        for (int i = 0; i < words; i++) {
            row.append(i == 0 ? "" : quoted && random.nextInt(3) == 0 ? ", " : " ");
            String word = WORDS[random.nextInt(WORDS.length)];
            row.append(quoted && random.nextInt(6) == 0 ? "\"\"" + word + "\"\"" : word);
            row.append(quoted && random.nextInt(8) == 0 ? "\n" : "");
        }
        row.append(quoted ? "\"" : "");
    }
}
