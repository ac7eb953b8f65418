// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.checking;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A row as one would make it by hand: the JDK's own types and patterns, the checks of the mapping of the sample file. */
record CheckedPerson(
        long id,
        String email,
        String firstName,
        String lastName,
        LocalDate born,
        BigDecimal balance,
        String status,
        String phone,
        String country,
        long visits,
        OffsetDateTime joined,
        String remark) {

    private static final Pattern EMAIL = Pattern.compile("[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9 ()-]{6,20}");
    private static final Set<String> STATUS = Set.of("active", "suspended", "closed", "pending");
    private static final LocalDate FIRST = LocalDate.of(1900, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2030, 1, 1);
    private static final BigDecimal LEAST = new BigDecimal("-1000000");
    private static final BigDecimal MOST = new BigDecimal("1000000");

    /** Makes a row; null when it is bad. */
    static @Nullable CheckedPerson of(CsvRecord csv) {
        try {
            CheckedPerson person = new CheckedPerson(
                    Long.parseLong(csv.getField(0)),
                    csv.getField(1),
                    csv.getField(2),
                    csv.getField(3),
                    LocalDate.parse(csv.getField(4)),
                    new BigDecimal(csv.getField(5)),
                    csv.getField(6),
                    csv.getField(7),
                    csv.getField(8),
                    Long.parseLong(csv.getField(9)),
                    OffsetDateTime.parse(csv.getField(10)),
                    csv.getField(11));
            return person.isGood() ? person : null;
        } catch (NumberFormatException | DateTimeParseException e) {
            return null;
        }
    }

    private boolean isGood() {
        return id >= 1
                && isText(email, 254)
                && EMAIL.matcher(email).matches()
                && isText(firstName, 100)
                && isText(lastName, 100)
                && !born.isBefore(FIRST)
                && !born.isAfter(LAST)
                && balance.compareTo(LEAST) >= 0
                && balance.compareTo(MOST) <= 0
                && balance.scale() <= 2
                && STATUS.contains(status)
                && PHONE.matcher(phone).matches()
                && country.length() == 2
                && visits >= 0
                && remark.length() <= 2_000;
    }

    private static boolean isText(String text, int longest) {
        return !text.isEmpty() && text.length() <= longest;
    }
}
