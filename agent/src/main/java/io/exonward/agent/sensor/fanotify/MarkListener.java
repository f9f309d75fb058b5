package io.exonward.agent.sensor.fanotify;

/**
 * Learns on which superblocks executions are told of. Called from any thread, must not block.
 *
 * <p>A device is as the kernel's own code numbers it: {@code major << 20 | minor}. // linux
 * include/linux/kdev_t.h
 */
public interface MarkListener {
  /** From now on; may be said again. */
  void marked(int device);

  /** No longer, or not known to be: the number may soon be another superblock's. */
  void forgotten(int device);
}
