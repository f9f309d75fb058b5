package io.exonward.server.inventory;

import org.jspecify.annotations.Nullable;

/**
 * Which hosts are wanted; null for any.
 *
 * @param text part of the name, the operating system or the kernel version
 */
public record HostFilter(@Nullable String group, @Nullable HostState state, @Nullable String text) {
  /** All of them. */
  public static final HostFilter ANY = new HostFilter(null, null, null);
}
