// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The address of a server and the name of a tenant.
 *
 * @param base the address without the tenant, ending in a slash
 * @param tenant the tenant's name, not encoded
 */
record ServerAddress(HttpUrl base, String tenant) {
    private static final String PLATFORM = ".coherent.global";
    private static final Set<String> PLATFORM_SERVICES = Set.of("excel", "keycloak", "utility", "entitystore");

    /**
     * Reads an address.
     *
     * @param text the base URL; the tenant may be the last part of its path
     * @param tenant the tenant, or null if it has to be in the path
     */
    static ServerAddress parse(String text, @Nullable String tenant) {
        HttpUrl url = HttpUrl.parse(text.strip());
        if (url == null) {
            throw invalid("the base URL is no absolute http or https URL; write https://host/tenant");
        }
        if (!url.encodedUsername().isEmpty() || !url.encodedPassword().isEmpty()) {
            throw invalid("the base URL holds a user name or password; give them by credentials(...)");
        }
        if (url.encodedQuery() != null || url.encodedFragment() != null) {
            throw invalid("the base URL '" + shown(url) + "' has a query or fragment; remove it");
        }
        HttpUrl host = platformHost(url);
        List<String> path =
                host.pathSegments().stream().filter(part -> !part.isEmpty()).toList();
        HttpUrl root = host.newBuilder().encodedPath("/").build();
        if (tenant == null) {
            if (path.size() != 1) {
                throw invalid("the base URL '" + shown(url) + "' "
                        + (path.isEmpty() ? "names no tenant" : "has more than a tenant in its path")
                        + "; write https://host/tenant, or give the tenant by tenant(...)");
            }
            return of(root, path.get(0));
        }
        boolean repeated = !path.isEmpty() && path.get(path.size() - 1).equals(tenant);
        List<String> context = repeated ? path.subList(0, path.size() - 1) : path;
        if (isPlatform(root) && !context.isEmpty()) {
            throw invalid("the base URL '" + shown(url) + "' names another tenant than tenant(\"" + tenant + "\")");
        }
        return of(at(root, context.toArray(String[]::new)), tenant);
    }

    /** Reads a default address; a tenant that is set in code replaces the one in its path. */
    static ServerAddress parseDefault(String text, @Nullable String tenant) {
        HttpUrl url = HttpUrl.parse(text.strip());
        boolean namesTenant = url != null
                && url.pathSegments().stream().filter(part -> !part.isEmpty()).count() == 1;
        return tenant != null && namesTenant ? parse(text, null).withTenant(tenant) : parse(text, tenant);
    }

    /** The address of a tenant in an environment of the public platform. */
    static ServerAddress ofEnvironment(String environment, String tenant) {
        String env = environment.strip().toLowerCase(Locale.ROOT);
        HttpUrl url = HttpUrl.parse("https://excel." + env + PLATFORM + "/");
        if (url == null || !env.matches("[a-z0-9-]+(\\.[a-z0-9-]+)?")) {
            throw invalid("the environment name '" + environment + "' is not one or two labels of a host name");
        }
        return of(url, tenant.strip().toLowerCase(Locale.ROOT));
    }

    ServerAddress withTenant(String other) {
        return of(base, other);
    }

    /** The address of an API call; every part becomes one segment of the path, whatever is in it. */
    HttpUrl api(String... parts) {
        return at(at(base, tenant, "api", "v4"), parts);
    }

    /** The token endpoint: on the platform's identity host, or else on the server itself. */
    HttpUrl tokenUrl() {
        HttpUrl host = isPlatform(base)
                ? base.newBuilder()
                        .host("keycloak" + base.host().substring(base.host().indexOf('.')))
                        .build()
                : base;
        return at(host, "auth", "realms", tenant, "protocol", "openid-connect", "token");
    }

    /** Whether credentials may be sent there. */
    boolean owns(HttpUrl url) {
        return url.scheme().equals(base.scheme()) && url.host().equals(base.host()) && url.port() == base.port();
    }

    /** An address to show: without user, query and fragment. */
    static String shown(HttpUrl url) {
        return url.newBuilder()
                .username("")
                .password("")
                .query(null)
                .fragment(null)
                .toString();
    }

    /** An address of which even the path may be secret. */
    static String shownHost(HttpUrl url) {
        return shown(url.newBuilder().encodedPath("/").build()) + "...";
    }

    private static ServerAddress of(HttpUrl base, String tenant) {
        if (tenant.isBlank() || tenant.equals(".") || tenant.equals("..") || tenant.indexOf('/') >= 0) {
            throw invalid("the tenant '" + tenant + "' is no name; give it by tenant(...) or as the base URL's path");
        }
        if (tenant.chars().anyMatch(c -> c < 0x20 || c > 0x7e)) {
            throw invalid("the tenant '" + tenant + "' has characters that are no printable ASCII");
        }
        return new ServerAddress(base, tenant);
    }

    private static HttpUrl at(HttpUrl url, String... parts) {
        HttpUrl.Builder builder = url.newBuilder();
        for (String part : parts) {
            builder.addPathSegment(part);
        }
        return builder.build();
    }

    private static HttpUrl platformHost(HttpUrl url) {
        if (!isPlatform(url)) {
            return url;
        }
        String host = url.host();
        String service = host.substring(0, host.indexOf('.'));
        return PLATFORM_SERVICES.contains(service)
                ? url
                : url.newBuilder()
                        .host("excel" + host.substring(host.indexOf('.')))
                        .build();
    }

    private static boolean isPlatform(HttpUrl url) {
        return url.host().endsWith(PLATFORM);
    }

    private static ImpexException invalid(String message) {
        return new ImpexException(ErrorCode.INVALID_CONFIGURATION, message);
    }
}
