// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a service or of one of its versions, in any of these forms:
 *
 * <ul>
 *   <li>{@code folder/service}
 *   <li>{@code folder/service[0.4.2]}; the server takes {@code [0.4]} as the highest version that starts so
 *   <li>{@code service/{id}} and {@code version/{id}}; a folder of the name {@code service}, {@code version} or
 *       {@code folders} can therefore only be named by the long form
 *   <li>a bare service id, which has to be a UUID
 *   <li>the long form {@code folders/folder/services/service}, with or without {@code [version]}
 * </ul>
 *
 * <p>{@link #toString()} gives back exactly the text that was parsed.
 */
public final class ServiceUri {
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final String FORMS =
            "; write folder/service, folder/service[version], service/{id}, version/{id} or a service id (a UUID)";

    private final String text;
    private final @Nullable String folder;
    private final @Nullable String service;
    private final @Nullable String version;
    private final @Nullable String serviceId;
    private final @Nullable String versionId;

    private ServiceUri(
            String text,
            @Nullable String folder,
            @Nullable String service,
            @Nullable String version,
            @Nullable String serviceId,
            @Nullable String versionId) {
        this.text = text;
        this.folder = folder;
        this.service = service;
        this.version = version;
        this.serviceId = serviceId;
        this.versionId = versionId;
    }

    /**
     * Reads a service URI.
     *
     * @param text the URI in one of the forms above
     * @return the URI, which prints as {@code text}
     * @throws ImpexException with {@link ErrorCode#INVALID_SERVICE_URI}; the message says what is wrong and where
     */
    public static ServiceUri parse(String text) {
        if (text.isBlank()) {
            throw invalid(text, "is empty");
        }
        if (!text.equals(text.strip())) {
            throw invalid(text, "has blanks around it");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw invalid(text.replaceAll("\\p{Cc}", "?"), "has a control character in it");
        }
        int bracket = text.indexOf('[');
        String path = bracket < 0 ? text : text.substring(0, bracket);
        String version = bracket < 0 ? null : version(text, bracket);
        if (path.indexOf(']') >= 0) {
            throw invalid(text, "has a ']' without a '[' before it");
        }
        String[] segments = path.split("/", -1);
        for (String segment : segments) {
            if (segment.isBlank()) {
                throw invalid(text, "has an empty part before, between or after its slashes");
            }
        }
        return switch (segments.length) {
            case 1 -> bare(text, path, version);
            case 2 -> pair(text, segments[0], segments[1], version);
            case 4 -> longForm(text, segments, version);
            default -> throw invalid(text, "has " + segments.length + " parts, and folders are not nested");
        };
    }

    /** {@return the folder's name, unless an id stands in its place} */
    public Optional<String> folder() {
        return Optional.ofNullable(folder);
    }

    /** {@return the service's name, unless an id stands in its place} */
    public Optional<String> service() {
        return Optional.ofNullable(service);
    }

    /** {@return the text in the brackets, if there are any} */
    public Optional<String> version() {
        return Optional.ofNullable(version);
    }

    /** {@return the id in {@code service/{id}}, or the bare id} */
    public Optional<String> serviceId() {
        return Optional.ofNullable(serviceId);
    }

    /** {@return the id in {@code version/{id}}} */
    public Optional<String> versionId() {
        return Optional.ofNullable(versionId);
    }

    /** {@return the text that was parsed, unchanged} */
    @Override
    public String toString() {
        return text;
    }

    /** Two URIs are equal if their texts are; two forms of the same name are not. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ServiceUri uri && uri.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    private static ServiceUri bare(String text, String id, @Nullable String version) {
        if (!UUID.matcher(id).matches()) {
            throw invalid(text, "names no folder and is no id");
        }
        noVersion(text, version);
        return new ServiceUri(text, null, null, null, id, null);
    }

    private static ServiceUri pair(String text, String first, String second, @Nullable String version) {
        switch (first) {
            case "service":
                noVersion(text, version);
                return new ServiceUri(text, null, null, null, second, null);
            case "version":
                noVersion(text, version);
                return new ServiceUri(text, null, null, null, null, second);
            default:
                return new ServiceUri(text, first, second, version, null, null);
        }
    }

    private static ServiceUri longForm(String text, String[] segments, @Nullable String version) {
        if (!segments[0].equals("folders") || !segments[2].equals("services")) {
            throw invalid(text, "has four parts but is not folders/{folder}/services/{service}");
        }
        return new ServiceUri(text, segments[1], segments[3], version, null, null);
    }

    private static String version(String text, int bracket) {
        int close = text.indexOf(']', bracket);
        if (close < 0) {
            throw invalid(text, "has a '[' at position " + bracket + " that is not closed");
        }
        if (close != text.length() - 1) {
            throw invalid(text, "goes on after the ']' at position " + close);
        }
        String version = text.substring(bracket + 1, close);
        if (version.isBlank() || version.indexOf('[') >= 0) {
            throw invalid(text, "has no version between its brackets");
        }
        return version;
    }

    private static void noVersion(String text, @Nullable String version) {
        if (version != null) {
            throw invalid(text, "has a [version] after an id; only folder/service takes one");
        }
    }

    private static ImpexException invalid(String text, String problem) {
        return new ImpexException(ErrorCode.INVALID_SERVICE_URI, "service URI '" + text + "' " + problem + FORMS);
    }
}
