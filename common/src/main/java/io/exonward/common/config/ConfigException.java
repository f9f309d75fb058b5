package io.exonward.common.config;

import java.util.List;

/**
 * A configuration that cannot be used: the operator's fault. Lists every problem, each as {@code
 * file:line:column: message}, in the order of the file.
 */
public final class ConfigException extends RuntimeException {
  private final transient List<String> problems;

  ConfigException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** One line each, at least one. */
  public List<String> problems() {
    return problems;
  }
}
