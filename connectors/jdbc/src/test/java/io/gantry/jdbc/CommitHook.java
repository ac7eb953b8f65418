// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import javax.sql.DataSource;

/** Connections that stop before each commit, as long as it is switched on. */
final class CommitHook {

    private final Runnable before;
    private volatile boolean on;

    CommitHook(Runnable before) {
        this.before = before;
    }

    void on() {
        on = true;
    }

    DataSource over(DataSource real) {
        return proxy(DataSource.class, real);
    }

    private <T> T proxy(Class<T> type, T real) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (on && method.getName().equals("commit")) {
                        on = false;
                        before.run();
                    }
                    try {
                        Object answer = method.invoke(real, arguments);
                        return answer instanceof Connection connection
                                        && method.getName().equals("getConnection")
                                ? proxy(Connection.class, connection)
                                : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
