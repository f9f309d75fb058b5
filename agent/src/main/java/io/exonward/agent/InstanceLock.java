package io.exonward.agent;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Two agents must not share one state directory; the kernel frees the lock of one that died. */
final class InstanceLock implements AutoCloseable {
  private final FileChannel channel;

  private InstanceLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock of a state directory.
   *
   * @throws IOException if another agent has it
   */
  static InstanceLock take(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      throw new IOException("another agent runs on " + directory);
    }
    return new InstanceLock(channel);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
