// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.util.OptionalLong;

/**
 * The progress of an upload or a download.
 *
 * @param part the number of the file within the call, from 1
 * @param parts the number of files of the call
 * @param bytes the number of bytes of this file that have been transferred
 * @param totalBytes the length of the file; empty if it is unknown
 */
public record Transfer(int part, int parts, long bytes, OptionalLong totalBytes) {}
