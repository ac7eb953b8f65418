// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Request;

/** Watches how far a request got, as a server can only have carried out what it has got completely. */
final class Sending extends EventListener {
    private final boolean hasBody;
    private volatile boolean begun;
    private volatile boolean complete;

    Sending(boolean hasBody) {
        this.hasBody = hasBody;
    }

    boolean hasBegun() {
        return begun;
    }

    /** Whether all of it has been written, so that the server may have it. */
    boolean isComplete() {
        return complete;
    }

    @Override
    public void requestHeadersStart(Call call) {
        begun = true;
    }

    @Override
    public void requestHeadersEnd(Call call, Request request) {
        complete = !hasBody;
    }

    @Override
    public void requestBodyEnd(Call call, long byteCount) {
        complete = true;
    }
}
