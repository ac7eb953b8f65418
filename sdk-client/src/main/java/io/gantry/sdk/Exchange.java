// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.io.IOException;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/**
 * A request to a server and the reading of its answer, possibly in several attempts.
 *
 * @param <T> the content of the answer
 */
interface Exchange<T> {
    /** The purpose of the request, for messages: "start the export". */
    String what();

    HttpUrl url();

    /** A new request for the next attempt, with method, body and the headers of its own; the address is added. */
    Request.Builder request();

    /** Reads an answer of success. An I/O failure means that the connection broke, and leads to another attempt. */
    T read(Response response, Operation operation) throws IOException;

    /** Whether the request may be repeated although the server may have carried it out. */
    default boolean isIdempotent() {
        return true;
    }

    /** Whether the body, if any, can be sent again. */
    default boolean isReplayable() {
        return true;
    }

    /**
     * Whether the attempt that just failed made enough progress to reset the count of failures. Called once after each
     * failed attempt; the progress of the next one is measured from here.
     */
    default boolean hasProgressed() {
        return false;
    }

    /** Whether this status requires another attempt, for which the exchange has prepared itself. */
    default boolean startsOver(int httpStatus) {
        return false;
    }

    /** Whether the request carries credentials if its address belongs to the server. */
    default boolean isAuthorised() {
        return true;
    }

    /** The address as messages and events show it. */
    default String shown(HttpUrl url) {
        return ServerAddress.shown(url);
    }

    default ErrorCode codeOf(int httpStatus) {
        return ErrorCode.ofHttpStatus(httpStatus);
    }
}
