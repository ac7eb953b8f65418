// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

/** The stable code of a failure. Codes are only added; their meaning never changes. */
public enum ErrorCode {
    /** The client's settings are incomplete or contradict each other; nothing was sent. */
    INVALID_CONFIGURATION(0, false),
    /** The request is incomplete or contradicts itself; nothing was sent. */
    INVALID_REQUEST(0, false),
    /** A service URI has none of the known forms; nothing was sent. */
    INVALID_SERVICE_URI(0, false),
    /** The file to import could not be read, or its length changed while it was being sent. */
    SOURCE_UNREADABLE(0, false),
    /** The directory for exported files could not be written. */
    TARGET_UNWRITABLE(0, false),
    /** The caller ended the call: an interrupt, a cancelled future or a closed client. The job goes on. */
    CANCELLED(0, false),
    /** The token supplier that was handed in failed or gave no usable token; nothing was sent. */
    TOKEN_UNAVAILABLE(0, true),
    /** The client was closed before the call. */
    CLIENT_CLOSED(0, false),

    /** HTTP 400: the server did not understand the request. */
    BAD_REQUEST(400, false),
    /** HTTP 401: the credentials are missing, wrong or expired. */
    UNAUTHORIZED(401, false),
    /** HTTP 403: the credentials are valid but do not allow this. */
    FORBIDDEN(403, false),
    /** HTTP 404: there is no such job, tenant or address. */
    NOT_FOUND(404, false),
    /** HTTP 408: the server did not receive the whole request in time. */
    REQUEST_TIMEOUT(408, true),
    /** HTTP 409: the request conflicts with the present state, such as another job of the tenant. */
    CONFLICT(409, false),
    /** HTTP 413: the package is larger than the server accepts. */
    TOO_LARGE(413, false),
    /** HTTP 415: the server does not accept this type of content. */
    UNSUPPORTED_MEDIA_TYPE(415, false),
    /** HTTP 422: the request is well-formed, but its content is not acceptable. */
    UNPROCESSABLE(422, false),
    /** HTTP 429: too many requests. */
    RATE_LIMITED(429, true),
    /** HTTP 500: the server failed. */
    SERVER_ERROR(500, false),
    /** HTTP 502: a gateway received no valid answer. */
    BAD_GATEWAY(502, true),
    /** HTTP 503: the server is temporarily unavailable. */
    UNAVAILABLE(503, true),
    /** HTTP 504: a gateway received no answer in time. */
    GATEWAY_TIMEOUT(504, true),
    /**
     * HTTP 401 or 403 from another server than the client's own, such as a file store: the address has expired or demands
     * credentials that the client does not send there. The client's own credentials are not to blame.
     */
    ADDRESS_REFUSED(0, false),
    /** Any other HTTP status that is no success, redirects included. */
    UNEXPECTED_STATUS(0, false),
    /** The token endpoint refused the client credentials. */
    TOKEN_REFUSED(0, false),

    /** The job ended with errors or in a status of failure. */
    JOB_FAILED(0, false),
    /** The job was cancelled on the server. */
    JOB_CANCELLED(0, false),
    /** The export succeeded but lists no file. */
    NO_FILES(0, false),

    /** The deadline passed; the job goes on and can be resumed. */
    DEADLINE_REACHED(0, true),
    /** The largest number of status checks was reached; the job goes on and can be resumed. */
    MAX_RETRIES_REACHED(0, true),

    /** No connection could be established; nothing was sent. */
    CONNECT_FAILED(0, true),
    /** The TLS handshake failed or the certificate is not trusted; nothing was sent. */
    TLS_FAILED(0, false),
    /** The proxy demands credentials that are not set, or refuses those that are; nothing reached the server. */
    PROXY_REFUSED(0, false),
    /** The connection broke before the answer was complete. */
    CONNECTION_LOST(0, true),
    /** No data moved on the connection for longer than the timeout. */
    STALLED(0, true),
    /** The connection was lost after the request to create a job was sent: the job may or may not have been created. */
    OUTCOME_UNKNOWN(0, false),

    /** The answer is not JSON, such as the HTML page of a proxy, or empty. */
    NOT_JSON(0, false),
    /** The answer breaks the rules of HTTP, such as a negative length. */
    MALFORMED_ANSWER(0, false),
    /** A required field is missing or has the wrong type. */
    MISSING_FIELD(0, false),
    /** The answer is larger than 16 MiB. */
    ANSWER_TOO_LARGE(0, false),
    /** The address of a file is not an absolute http(s) URL, or its redirects never end. */
    BAD_FILE_ADDRESS(0, false),
    /** A downloaded file is empty or an HTML page. */
    NOT_A_FILE(0, false),
    /** A downloaded file does not have the hash that the job document announces. */
    HASH_MISMATCH(0, true);

    /** The HTTP status that the code stands for, or 0. */
    private final int httpStatus;

    private final boolean retryable;

    ErrorCode(int httpStatus, boolean retryable) {
        this.httpStatus = httpStatus;
        this.retryable = retryable;
    }

    /** {@return whether the same call may succeed later, unchanged} */
    public boolean isRetryable() {
        return retryable;
    }

    static ErrorCode ofHttpStatus(int status) {
        for (ErrorCode code : values()) {
            if (code.httpStatus == status && status != 0) {
                return code;
            }
        }
        return UNEXPECTED_STATUS;
    }
}
