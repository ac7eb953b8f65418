// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk.testserver;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Something that goes wrong with requests of one stage. Immutable: each method gives a changed copy. */
public final class Fault {
    /** What the server does instead of answering well. */
    enum Kind {
        STATUS,
        DROP,
        CUT,
        HANG
    }

    private final Kind kind;
    private int status = 200;
    private String contentType = "application/json";
    private String body = "{}";
    private Map<String, String> headers = Map.of();
    private int times = 1;

    private Fault(Kind kind) {
        this.kind = kind;
    }

    /**
     * {@return an answer with an HTTP status of failure}
     *
     * @param httpStatus such as 503
     */
    public static Fault status(int httpStatus) {
        Fault fault = new Fault(Kind.STATUS);
        fault.status = httpStatus;
        fault.body = "{\"errors\":[{\"code\":\"" + httpStatus + "\",\"message\":\"scripted fault\"}]}";
        return fault;
    }

    /**
     * {@return an answer of success whose body is not what was due}
     *
     * @param contentType its type, such as {@code text/html}
     * @param body its body, may be empty
     */
    public static Fault body(String contentType, String body) {
        Fault fault = new Fault(Kind.STATUS);
        fault.contentType = contentType;
        fault.body = body;
        return fault;
    }

    /** {@return a connection that is closed instead of an answer} */
    public static Fault drop() {
        return new Fault(Kind.DROP);
    }

    /** {@return a good answer that breaks off in its middle} */
    public static Fault cut() {
        return new Fault(Kind.CUT);
    }

    /** {@return no answer at all, until the server is closed} */
    public static Fault hang() {
        return new Fault(Kind.HANG);
    }

    /**
     * {@return the same with one more header}
     *
     * @param name such as {@code Retry-After}
     * @param value its value
     */
    public Fault header(String name, String value) {
        return changed(copy -> {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, value);
            copy.headers = more;
        });
    }

    /**
     * {@return the same answer with another body, such as the page of a gateway under {@code status(502)}}
     *
     * @param type the content type of the body, such as {@code text/html}
     * @param content the body, may be empty
     */
    public Fault withBody(String type, String content) {
        return changed(copy -> {
            copy.contentType = type;
            copy.body = content;
        });
    }

    /**
     * {@return the same for several requests}
     *
     * @param count how many requests meet it, 1 by default
     */
    public Fault times(int count) {
        return changed(copy -> copy.times = count);
    }

    Kind kind() {
        return kind;
    }

    int status() {
        return status;
    }

    String contentType() {
        return contentType;
    }

    String body() {
        return body;
    }

    Map<String, String> headers() {
        return headers;
    }

    int times() {
        return times;
    }

    private Fault changed(Consumer<Fault> change) {
        Fault copy = new Fault(kind);
        copy.status = status;
        copy.contentType = contentType;
        copy.body = body;
        copy.headers = headers;
        copy.times = times;
        change.accept(copy);
        return copy;
    }
}
