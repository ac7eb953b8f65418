// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.crash;

import io.gantry.spi.dataset.DatasetReader;
import io.gantry.spi.dataset.DatasetWriter;
import io.gantry.spi.document.DocumentStore;
import io.gantry.spi.file.FileStore.PendingFile;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A store, and what it gives out, as a process has it: of no use to it once it is dead. Loads and readings that were under way
 * then are closed nevertheless, for so the other end does when a connection breaks off; files that were being written stay.
 */
final class Mortal implements InvocationHandler {

    private final Object real;
    private final Death death;

    private Mortal(Object real, Death death) {
        this.real = real;
        this.death = death;
    }

    /** The same thing for a process that will die; it has all the interfaces of the real one. */
    static <T> T of(Class<T> type, T real, Death death) {
        Set<Class<?>> interfaces = new LinkedHashSet<>();
        interfaces.add(type);
        for (Class<?> each = real.getClass(); each != null; each = each.getSuperclass()) {
            for (Class<?> one : each.getInterfaces()) {
                if (Modifier.isPublic(one.getModifiers()) && one.getName().startsWith("io.gantry.spi.")) {
                    interfaces.add(one);
                }
            }
        }
        return type.cast(Proxy.newProxyInstance(
                Mortal.class.getClassLoader(), interfaces.toArray(Class<?>[]::new), new Mortal(real, death)));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (death.isDead() && method.getDeclaringClass() != Object.class) {
            if (!method.getName().equals("close")) {
                throw death.refusal();
            }
            if (real instanceof DocumentStore || real instanceof PendingFile) {
                return null;
            }
        }
        Object answer;
        try {
            answer = method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        if (answer instanceof DatasetWriter writer) {
            return of(DatasetWriter.class, writer, death);
        }
        if (answer instanceof DatasetReader reader) {
            return of(DatasetReader.class, reader, death);
        }
        return answer instanceof PendingFile file ? of(PendingFile.class, file, death) : answer;
    }
}
