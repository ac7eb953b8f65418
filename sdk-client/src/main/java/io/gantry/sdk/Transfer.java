// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.util.OptionalLong;

/**
 * How far an upload or a download has come.
 *
 * @param part which file of the call it is, from 1
 * @param parts how many files the call moves
 * @param bytes how many bytes of this file have been moved
 * @param totalBytes how many there are in all; empty if the server or the source does not say
 */
public record Transfer(int part, int parts, long bytes, OptionalLong totalBytes) {}
