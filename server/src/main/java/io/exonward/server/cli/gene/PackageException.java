package io.exonward.server.cli.gene;

import java.io.IOException;

/** A package file contradicts itself, or passes a limit; the text says which. */
final class PackageException extends IOException {
  private static final long serialVersionUID = 1;

  PackageException(String message) {
    super(message);
  }
}
