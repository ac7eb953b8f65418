// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.util.Map;
import okhttp3.Headers;

/**
 * A JSON object that came as an answer.
 *
 * @param what the purpose of the request, for messages
 * @param fields the object
 * @param headers the answer's headers
 * @param facts of the request, for failures found later
 */
record JsonAnswer(String what, Map<String, Object> fields, Headers headers, Circumstances facts) {

    /** A required field. */
    String require(String field) {
        return Json.text(fields, field).filter(text -> !text.isBlank()).orElseThrow(() -> missing(field));
    }

    ProtocolException missing(String field) {
        return new ProtocolException(
                ErrorCode.MISSING_FIELD,
                "could not " + what + ": the answer has no usable field '" + field + "'",
                facts);
    }
}
