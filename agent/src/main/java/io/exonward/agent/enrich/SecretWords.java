package io.exonward.agent.enrich;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What secrets are called, and what they look like. */
final class SecretWords {
  private static final List<String> PARTS =
      List.of(
          "password",
          "passwd",
          "passphrase",
          "secret",
          "token",
          "apikey",
          "accesskey",
          "accountkey",
          "privatekey",
          "authorization",
          "credential");
  private static final Set<String> WHOLE =
      Set.of("pass", "pwd", "auth", "sig", "psk", "pgpassword", "mysqlpwd", "subscriptionkey");

  /** Names of files with secrets, which are no secrets. */
  private static final List<String> HARMLESS_ENDINGS = List.of("file", "path", "dir", "name", "id");

  /** Beginning and least length of well-known kinds of keys. */
  private static final Map<String, Integer> SHAPES =
      Map.ofEntries(
          Map.entry("AKIA", 20),
          Map.entry("ASIA", 20),
          Map.entry("ghp_", 36),
          Map.entry("gho_", 36),
          Map.entry("ghu_", 36),
          Map.entry("ghs_", 36),
          Map.entry("ghr_", 36),
          Map.entry("github_pat_", 36),
          Map.entry("glpat-", 20),
          Map.entry("xoxb-", 20),
          Map.entry("xoxp-", 20),
          Map.entry("sk-", 32),
          Map.entry("AIza", 39));

  /** Nothing shorter has a secret shape. */
  static final int LEAST_SHAPE_LENGTH = 20;

  /** Programs with a short flag that takes a secret, attached to it or in the next argument. */
  private static final Map<String, String> FLAGS =
      Map.ofEntries(
          Map.entry("mysql", "-p"),
          Map.entry("mysqldump", "-p"),
          Map.entry("mysqladmin", "-p"),
          Map.entry("mysqlimport", "-p"),
          Map.entry("mariadb", "-p"),
          Map.entry("mariadb-dump", "-p"),
          Map.entry("mariadb-admin", "-p"),
          Map.entry("7z", "-p"),
          Map.entry("sshpass", "-p"),
          Map.entry("redis-cli", "-a"),
          Map.entry("ldapsearch", "-w"),
          Map.entry("ldapmodify", "-w"),
          Map.entry("curl", "-u"),
          Map.entry("wget", "-u"));

  /** Those of them whose flag stands alone too, without a secret behind it. */
  private static final Set<String> ATTACHED_ONLY =
      Set.of(
          "mysql",
          "mysqldump",
          "mysqladmin",
          "mysqlimport",
          "mariadb",
          "mariadb-dump",
          "mariadb-admin",
          "7z");

  private SecretWords() {}

  /** Whether a flag, a variable or a header of this name has a secret as its value. */
  static boolean isSecretName(String name) {
    StringBuilder letters = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != '-' && c != '_' && c != '.') {
        letters.append(c);
      }
    }
    String normal = letters.toString().toLowerCase(Locale.ROOT);
    return WHOLE.contains(normal)
        || (PARTS.stream().anyMatch(normal::contains)
            && HARMLESS_ENDINGS.stream().noneMatch(normal::endsWith));
  }

  /** Whether the text by itself looks like a key or a token. */
  static boolean isSecretShape(String text) {
    if (text.length() < LEAST_SHAPE_LENGTH) {
      return false;
    }
    if (text.startsWith("eyJ") && text.length() >= 30 && text.indexOf('.') > 0) {
      return true; // RFC 7519
    }
    for (Map.Entry<String, Integer> shape : SHAPES.entrySet()) {
      if (text.length() >= shape.getValue() && text.startsWith(shape.getKey())) {
        return true;
      }
    }
    return false;
  }

  /** The short flag of a program that takes a secret; empty if it has none. */
  static String flagOf(String program) {
    return FLAGS.getOrDefault(program, "");
  }

  static boolean isAttachedOnly(String program) {
    return ATTACHED_ONLY.contains(program);
  }
}
