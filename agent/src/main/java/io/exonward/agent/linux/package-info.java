/**
 * The Linux kernel's interfaces: descriptors, memory mappings, netlink, fanotify and BPF. The only
 * package that touches native code. Every descriptor has one owner, which closes it; a call that
 * fails throws {@link io.exonward.agent.linux.NativeException} with the errno taken at once.
 * Imports common.hash and nothing else of ours.
 */
@NullMarked
package io.exonward.agent.linux;

import org.jspecify.annotations.NullMarked;
