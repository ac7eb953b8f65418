// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gantry.check.Faults;
import io.gantry.check.Names;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import org.jspecify.annotations.Nullable;

/** How the text of a cell becomes a value, as properties of a column of {@link ImportMappingJson}. */
final class ReadingJson {

    private ReadingJson() {}

    static Reading read(JsonFaults json) {
        return new Reading(
                json.flag("trim"),
                json.choice("case", Reading.LetterCase.class, Reading.PLAIN.letterCase()),
                json.strings("nullTokens"),
                json.text("default"),
                json.map("values"),
                json.choice("unmapped", Reading.Unmapped.class, Reading.PLAIN.unmapped()),
                json.names("formats"),
                locale(json),
                numbers(json),
                times(json));
    }

    private static Reading.Numbers numbers(JsonFaults json) {
        List<Reading.Negative> negative = json.choices("negative", Reading.Negative.class);
        List<String> ignore = json.strings("ignore");
        if (ignore.contains("")) {
            json.faults().add(json.at("ignore"), "must not have empty texts");
        }
        if (json.has("negative") && json.strings("negative").isEmpty()) {
            json.faults().add(json.at("negative"), "must not be empty");
        }
        return new Reading.Numbers(
                ignore, json.has("negative") ? negative : Reading.Numbers.PLAIN.negative(), json.flag("percent"));
    }

    private static Reading.Times times(JsonFaults json) {
        return new Reading.Times(
                zone(json),
                json.has("pivot") ? (Integer) json.integer("pivot", 9999, 1000, 9999) : null,
                json.choice("clockChange", Reading.ClockChange.class, Reading.ClockChange.REJECT));
    }

    private static @Nullable Locale locale(JsonFaults json) {
        String tag = json.string("locale");
        if (tag == null) {
            return null;
        }
        Locale locale = Locale.forLanguageTag(tag);
        try {
            if (!locale.getLanguage().isEmpty() && !locale.getISO3Language().isEmpty()) {
                return locale;
            }
        } catch (MissingResourceException e) {
            // falls through: there is no such language
        }
        json.faults().add(json.at("locale"), "'" + tag + "' is not a language tag such as de-DE");
        return null;
    }

    private static @Nullable ZoneId zone(JsonFaults json) {
        String id = json.string("zone");
        if (id == null) {
            return null;
        }
        try {
            return ZoneId.of(id);
        } catch (DateTimeException e) {
            Faults faults = json.faults();
            Names.nearest(id, ZoneId.getAvailableZoneIds())
                    .ifPresentOrElse(
                            near -> faults.add(
                                    json.at("zone"), "'" + id + "' is not a time zone; did you mean '" + near + "'?"),
                            () -> faults.add(json.at("zone"), "'" + id + "' is not a time zone such as Europe/London"));
            return null;
        }
    }

    static void write(ObjectNode json, Reading reading) {
        ImportMappingJson.putFlag(json, "trim", reading.trim());
        if (reading.letterCase() != Reading.LetterCase.KEEP) {
            json.put("case", Names.word(reading.letterCase()));
        }
        ImportMappingJson.putTexts(json, "nullTokens", reading.nullTokens());
        ImportMappingJson.putText(json, "default", reading.defaultValue());
        if (!reading.values().isEmpty()) {
            reading.values().forEach(json.putObject("values")::put);
            json.put("unmapped", Names.word(reading.unmapped()));
        }
        ImportMappingJson.putTexts(json, "formats", reading.formats());
        Locale locale = reading.locale();
        ImportMappingJson.putText(json, "locale", locale == null ? null : locale.toLanguageTag());
        numbers(json, reading.numbers());
        times(json, reading.times());
    }

    private static void numbers(ObjectNode json, Reading.Numbers numbers) {
        ImportMappingJson.putTexts(json, "ignore", numbers.ignore());
        if (!numbers.negative().equals(Reading.Numbers.PLAIN.negative())) {
            ArrayNode ways = json.putArray("negative");
            numbers.negative().forEach(way -> ways.add(Names.word(way)));
        }
        ImportMappingJson.putFlag(json, "percent", numbers.percent());
    }

    private static void times(ObjectNode json, Reading.Times times) {
        ZoneId zone = times.zone();
        ImportMappingJson.putText(json, "zone", zone == null ? null : zone.getId());
        Integer pivot = times.pivot();
        if (pivot != null) {
            json.put("pivot", pivot);
        }
        if (times.clockChange() != Reading.ClockChange.REJECT) {
            json.put("clockChange", Names.word(times.clockChange()));
        }
    }
}
