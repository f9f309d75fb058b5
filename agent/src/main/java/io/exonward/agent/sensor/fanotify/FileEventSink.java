package io.exonward.agent.sensor.fanotify;

/** Takes what happens to files. Called from threads of the sensor; must not block. */
public interface FileEventSink {
  /** A file was opened to be executed. Whoever takes this owns it. */
  void opened(OpenedFile file);

  /**
   * A file that had been open for writing, or mapped, was closed. Whoever takes this owns it.
   *
   * @param wasIgnored it was ignored till now: it may have been executed since without a word
   */
  void written(OpenedFile file, boolean wasIgnored);

  /** Events were lost: files may have been written without a word. */
  void overflowed();
}
