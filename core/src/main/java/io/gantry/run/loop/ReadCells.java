// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What cells of one column were read as. */
final class ReadCells {

    private final List<SampledCell> cells;
    private final @Nullable Object[] values;
    private final @Nullable String[] codes;

    /**
     * @param values null where there is no value
     * @param codes of what is wrong; null for a good cell
     */
    ReadCells(List<SampledCell> cells, @Nullable Object[] values, @Nullable String[] codes) {
        this.cells = cells;
        this.values = values;
        this.codes = codes;
    }

    boolean isGood(int cell) {
        return codes[cell] == null;
    }

    int good() {
        int good = 0;
        for (String code : codes) {
            good += code == null ? 1 : 0;
        }
        return good;
    }

    int size() {
        return cells.size();
    }

    /** Whether all cells are bad for the same reason. */
    boolean allHave(String code) {
        for (String each : codes) {
            if (!code.equals(each)) {
                return false;
            }
        }
        return true;
    }

    /** The cells that are bad. */
    List<SampledCell> bad() {
        List<SampledCell> bad = new ArrayList<>();
        for (int i = 0; i < codes.length; i++) {
            if (codes[i] != null) {
                bad.add(cells.get(i));
            }
        }
        return bad;
    }

    /** How many are bad for a reason. */
    int count(String code) {
        int count = 0;
        for (String each : codes) {
            count += code.equals(each) ? 1 : 0;
        }
        return count;
    }

    /** Whether another reading gives every good cell the same value. */
    boolean isKeptBy(ReadCells other) {
        for (int i = 0; i < codes.length; i++) {
            if (codes[i] == null && (other.codes[i] != null || !same(values[i], other.values[i]))) {
                return false;
            }
        }
        return true;
    }

    /** Whether another reading gives the same, good cells and bad. */
    boolean isSameAs(ReadCells other) {
        return isKeptBy(other) && other.isKeptBy(this);
    }

    /** Whether all good cells have the same value. */
    boolean isOneValue() {
        Object first = null;
        for (int i = 0; i < codes.length; i++) {
            if (codes[i] == null) {
                if (first != null && !same(first, values[i])) {
                    return false;
                }
                first = values[i];
            }
        }
        return first != null;
    }

    /**
     * Whether two good cells have the same value: then rows that are told apart by it would become one.
     *
     * @param evenOfOneText whether cells of the same text count, too
     */
    boolean merges(boolean evenOfOneText) {
        Map<Object, String> texts = new HashMap<>();
        for (int i = 0; i < codes.length; i++) {
            if (codes[i] == null && values[i] != null) {
                Object value = values[i] instanceof BigDecimal decimal ? decimal.stripTrailingZeros() : values[i];
                String before = texts.putIfAbsent(value, cells.get(i).text());
                if (before != null
                        && (evenOfOneText || !before.equals(cells.get(i).text()))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean same(@Nullable Object left, @Nullable Object right) {
        return left instanceof BigDecimal one && right instanceof BigDecimal other
                ? one.compareTo(other) == 0
                : Objects.deepEquals(left, right);
    }
}
