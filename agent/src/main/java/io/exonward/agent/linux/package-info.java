/**
 * The Linux kernel's interfaces: descriptors, memory mappings, netlink, fanotify and BPF. The only
 * package that touches native code. Every descriptor has one owner, which closes it; a call that
 * fails throws {@link io.exonward.agent.linux.NativeException} with the errno taken at once.
 * Imports common.hash and nothing else of ours.
 *
 * <p>Checked to be the same on x86-64 and arm64, and a test keeps to it: every constant and struct
 * here is of the generic set. O_DIRECTORY, O_NOFOLLOW, O_DIRECT and O_LARGEFILE differ and are not
 * used; nor are epoll, whose struct is packed on x86-64 alone, stat, or numbers of system calls
 * below 424. Pages are as large as the kernel says. Variadic functions of the C library (open,
 * fcntl) take their arguments as others do on both.
 */
@NullMarked
package io.exonward.agent.linux;

import org.jspecify.annotations.NullMarked;
