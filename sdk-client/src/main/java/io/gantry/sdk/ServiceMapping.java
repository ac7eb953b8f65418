// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

/**
 * The destination of one service of the package.
 *
 * @param source the service's URI in the tenant it was exported from
 * @param target its URI in this tenant; the folder must exist
 * @param upgrade how its versions are numbered if the service exists already
 */
public record ServiceMapping(ServiceUri source, ServiceUri target, Upgrade upgrade) {

    /**
     * {@return a mapping to the same URI with a minor upgrade}
     *
     * @param source the service's URI in both tenants
     */
    public static ServiceMapping of(String source) {
        ServiceUri uri = ServiceUri.parse(source);
        return new ServiceMapping(uri, uri, Upgrade.MINOR);
    }

    /**
     * {@return this mapping with another target}
     *
     * @param target the service's URI in the destination tenant
     */
    public ServiceMapping to(String target) {
        return new ServiceMapping(source, ServiceUri.parse(target), upgrade);
    }

    /**
     * {@return this mapping with another upgrade}
     *
     * @param upgrade how versions are numbered if the service exists already
     */
    public ServiceMapping upgrade(Upgrade upgrade) {
        return new ServiceMapping(source, target, upgrade);
    }
}
