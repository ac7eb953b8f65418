// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.net.InetSocketAddress;
import java.net.Proxy;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Request;
import okhttp3.Response;

/** Watches how far a request got, as a server can only have carried out what it has got completely. */
final class Sending extends EventListener {
    private final boolean hasBody;
    private volatile boolean begun;
    private volatile boolean complete;
    private volatile boolean connected;
    private volatile boolean answered;

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

    /** Whether the request went over a connection of an earlier request and got no answer, as the server had closed it. */
    boolean wentStale() {
        return begun && !connected && !answered;
    }

    @Override
    public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
        connected = true;
    }

    @Override
    public void responseHeadersEnd(Call call, Response response) {
        answered = true;
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
