package io.exonward.agent.sensor.fanotify;

import io.exonward.agent.linux.Descriptor;

/** Takes what happens to files. Called from the sensor's thread; must not block. */
public interface FileEventSink {
  /**
   * A file was opened to be executed. Whoever takes this owns the descriptor.
   *
   * @param pid of the process that executes it
   */
  void opened(Descriptor file, int pid);

  /** A file that had been open for writing, or mapped, was closed. Whoever takes this owns it. */
  void written(Descriptor file);

  /** Events were lost: files may have been written without a word. */
  void overflowed();
}
