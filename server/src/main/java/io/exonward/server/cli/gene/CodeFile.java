package io.exonward.server.cli.gene;

import io.exonward.common.hash.Sha256;

/**
 * A file that may be code, in memory.
 *
 * <p>Not a record: the content is an array, which nobody changes.
 */
public final class CodeFile {
  private final String name;
  private final String version;
  private final byte[] content;

  /**
   * @param name its path; of a file in a package, the path of the package, {@code !} and its name
   *     there
   * @param version of the package it comes from; empty if it comes from none
   */
  CodeFile(String name, String version, byte[] content) {
    this.name = name;
    this.version = version;
    this.content = content;
  }

  /** Where it is, for people; untrusted. */
  public String name() {
    return name;
  }

  /** Version of the package it comes from; empty if it comes from none. */
  public String version() {
    return version;
  }

  /** The bytes; not to be changed. */
  public byte[] content() {
    return content;
  }

  /** Identity of the content. */
  public Sha256 sha256() {
    return Sha256.digest(content);
  }
}
