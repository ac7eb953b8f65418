// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.io.IOException;
import java.util.List;
import okhttp3.Interceptor;
import okhttp3.Response;

/** Checks each answer before the HTTP library acts on it. */
final class AnswerGuard implements Interceptor {
    static final Interceptor INSTANCE = new AnswerGuard();

    private AnswerGuard() {}

    @Override
    public Response intercept(Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        List<String> lengths = response.headers("Content-Length");
        boolean counts = lengths.stream().allMatch(length -> length.matches("\\d{1,18}"));
        if (!counts || lengths.stream().distinct().count() > 1) {
            throw new MalformedAnswerException(
                    "the answer states the impossible length '" + String.join("', '", lengths) + "'");
        }
        return withoutHaste(response);
    }

    /** Keeps the HTTP library from repeating a request by itself, which it does when the server asks it to wait for 0 seconds. */
    private static Response withoutHaste(Response response) {
        String hint = response.header(RetryHint.STANDARD);
        if (response.code() != 503 || hint == null || !hint.matches("0+")) {
            return response;
        }
        Response.Builder changed = response.newBuilder().removeHeader(RetryHint.STANDARD);
        return response.header(RetryHint.PRECISE) == null
                ? changed.header(RetryHint.PRECISE, hint).build()
                : changed.build();
    }
}
