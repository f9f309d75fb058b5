package io.exonward.common.file;

/** Where executed code came from. */
public enum CodeOrigin {
  /** A file that had a name when it was executed. */
  FILE,
  /** An in-memory file, never linked. // man 2 memfd_create */
  MEMFD,
  /** A file whose last name was gone when it was executed. */
  DELETED;

  /** Whether the code has a file that anybody could look at. */
  public boolean isFile() {
    return this == FILE;
  }
}
