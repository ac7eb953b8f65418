// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.io.IOException;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/**
 * One thing to ask of the server, possibly in several attempts.
 *
 * @param <T> what is read out of the answer
 */
interface Exchange<T> {
    /** What is asked, for messages: "start the export". */
    String what();

    HttpUrl url();

    /** A new request for the next attempt, with method, body and the headers of its own; the address is added. */
    Request.Builder request();

    /** Reads an answer of success. An I/O failure means that the connection broke, and leads to another attempt. */
    T read(Response response, Operation operation) throws IOException;

    /** Whether it may be asked again although the server may have done it. */
    default boolean isIdempotent() {
        return true;
    }

    /** Whether the body, if any, can be sent again. */
    default boolean isReplayable() {
        return true;
    }

    /**
     * Whether the attempt that just failed brought so much that earlier failures need not count any more. Asked once
     * after each failed attempt, as the next answer is measured from here.
     */
    default boolean hasProgressed() {
        return false;
    }

    /** Whether this status calls for another attempt, for which the exchange has made itself ready. */
    default boolean startsOver(int httpStatus) {
        return false;
    }

    /** Whether credentials belong on the request, if the address is the server's own. */
    default boolean isAuthorised() {
        return true;
    }

    /** The address as messages and events may show it. */
    default String shown(HttpUrl url) {
        return ServerAddress.shown(url);
    }

    default ErrorCode codeOf(int httpStatus) {
        return ErrorCode.ofHttpStatus(httpStatus);
    }
}
