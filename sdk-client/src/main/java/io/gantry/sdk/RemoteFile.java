// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** A file that an export job offers for download. */
public final class RemoteFile {
    private final URI url;
    private final @Nullable String hash;

    RemoteFile(URI url, @Nullable String hash) {
        this.url = url;
        this.hash = hash;
    }

    /**
     * {@return a file by its address alone, without a hash to check}
     *
     * @param url an absolute http or https URL
     */
    public static RemoteFile at(URI url) {
        return new RemoteFile(url, null);
    }

    /** {@return the address; its query often authorises the download, so treat it like a password} */
    public URI url() {
        return url;
    }

    /**
     * {@return the hash that the server announced} MD5, SHA-1, SHA-256, SHA-384 and SHA-512 in hex or Base64 are
     * recognised and checked.
     */
    public Optional<String> hash() {
        return Optional.ofNullable(hash);
    }

    /** {@return the host and the hash, without the rest of the address} */
    @Override
    public String toString() {
        return "RemoteFile[" + url.getScheme() + "://" + url.getHost() + "/..., hash=" + hash + "]";
    }

    static Optional<RemoteFile> of(Map<String, Object> fields) {
        String hash =
                Json.text(fields, "file_hash").filter(text -> !text.isBlank()).orElse(null);
        return Json.text(fields, "file").flatMap(RemoteFile::address).map(url -> new RemoteFile(url, hash));
    }

    /** The address in this text; of a web address also what is not quite encoded, such as brackets and blanks. */
    static Optional<URI> address(String text) {
        HttpUrl web = HttpUrl.parse(text.strip());
        if (web != null) {
            return Optional.of(web.uri());
        }
        try {
            return Optional.of(new URI(text.strip()));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
