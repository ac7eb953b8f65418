// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls several listeners and logs their exceptions. */
record GuardedListener(List<ImpexListener> listeners) implements ImpexListener {
    private static final Logger LOG = LoggerFactory.getLogger(ImpexListener.class);

    @Override
    public void onRequest(RequestEvent event) {
        tell(listener -> listener.onRequest(event));
    }

    @Override
    public void onJob(Job job) {
        tell(listener -> listener.onJob(job));
    }

    @Override
    public void onUpload(Transfer transfer) {
        tell(listener -> listener.onUpload(transfer));
    }

    @Override
    public void onDownload(Transfer transfer) {
        tell(listener -> listener.onDownload(transfer));
    }

    private void tell(Consumer<ImpexListener> event) {
        for (ImpexListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException e) {
                LOG.warn(
                        "a listener failed and is ignored: {}",
                        listener.getClass().getName(),
                        e);
            }
        }
    }
}
