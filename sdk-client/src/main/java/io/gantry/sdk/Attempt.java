// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import org.jspecify.annotations.Nullable;

/**
 * One attempt of a request.
 *
 * @param requestId the id that all attempts of the request share
 * @param number which attempt it is, from 1
 * @param accessToken the OAuth2 access token to send, or null if there is none
 */
record Attempt(String requestId, int number, @Nullable String accessToken) {}
