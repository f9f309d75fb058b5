package io.exonward.server.cli.print;

/** Forms of output. */
public enum Format {
  TABLE,
  JSON,
  YAML,
  NAME
}
