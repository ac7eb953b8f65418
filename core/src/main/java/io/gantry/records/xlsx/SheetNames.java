// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import io.gantry.spi.records.FormatOptions;

/** The names of the sheets of a workbook that is being written: {@code Data}, {@code Data (2)} and so on. */
final class SheetNames {

    private static final int LONGEST = 31;

    private final String first;

    private SheetNames(String first) {
        this.first = first;
    }

    /** As the option {@code sheet} wants it, as far as the rules for such names allow. */
    static SheetNames of(FormatOptions options) {
        String wanted = options.get("sheet", "Data")
                .replaceAll("[\\[\\]:*?/\\\\\\p{Cntrl}]", " ")
                .strip()
                .replaceAll("^'+|'+$", "");
        return new SheetNames(wanted.isEmpty() ? "Data" : cut(wanted, LONGEST));
    }

    /**
     * A sheet's name.
     *
     * @param number from 1
     */
    String get(int number) {
        String behind = number == 1 ? "" : " (" + number + ")";
        return cut(first, LONGEST - behind.length()) + behind;
    }

    private static String cut(String name, int length) {
        int end = Math.min(length, name.length());
        boolean insidePair = end > 0 && end < name.length() && Character.isHighSurrogate(name.charAt(end - 1));
        return name.substring(0, insidePair ? end - 1 : end);
    }
}
