package io.exonward.server.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a folder to one server at a time; the kernel ends it with the process. */
final class FolderLock implements AutoCloseable {
  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  static FolderLock acquire(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean isOurs = false;
    try {
      isOurs = channel.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      // Held by this very process: the same answer.
    } finally {
      if (!isOurs) {
        channel.close();
      }
    }
    if (!isOurs) {
      throw new DatabaseStartException("another server uses " + folder + ": stop it first");
    }
    return new FolderLock(channel);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
