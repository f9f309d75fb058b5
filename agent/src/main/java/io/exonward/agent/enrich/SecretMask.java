package io.exonward.agent.enrich;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Takes secrets out of command lines before anything keeps them.
 *
 * <p>Arguments are read as words. The value of a flag, a variable, a header or a field of a
 * connection string whose name speaks of a secret is replaced, to the end of the word or of its
 * quotation; so are the password in a URL, the short password flags of well-known programs, what
 * follows "Bearer", and words that look like well-known kinds of keys. Masking too much is the
 * lesser fault. Not recognized: a secret that stands alone, by position.
 *
 * <p>Cost: linear in the length of the command line, no backtracking. Not thread-safe: one object
 * per command line.
 */
public final class SecretMask {
  /** What stands for a secret. */
  public static final String MASK = "***";

  private boolean isNextSecret;
  private char openQuote;
  private String program = "";

  private SecretMask() {}

  /** The arguments with secrets replaced, unmodifiable; as many as before. */
  public static List<String> mask(List<String> arguments) {
    SecretMask state = new SecretMask();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      String masked = state.maskArgument(argument);
      if (!masked.equals(argument)) {
        return state.maskFrom(arguments, i, masked);
      }
    }
    return List.copyOf(arguments);
  }

  /** Where one has changed, the rest needs a list of its own. */
  private List<String> maskFrom(List<String> arguments, int index, String masked) {
    List<String> all = new ArrayList<>(arguments.subList(0, index));
    all.add(masked);
    for (String argument : arguments.subList(index + 1, arguments.size())) {
      all.add(maskArgument(argument));
    }
    return List.copyOf(all);
  }

  private String maskArgument(String argument) {
    if (!isNextSecret && isPlain(argument)) {
      rememberProgram(argument);
      return argument;
    }
    if (argument.contains("PRIVATE KEY-----")) {
      return MASK;
    }
    if (isNextSecret && !isScheme(argument)) {
      isNextSecret = false;
      return argument.startsWith("--") ? maskArgument(argument) : MASK;
    }
    int blank = indexOfBlank(argument, 0);
    if (blank < 0 || isSecretFlagWithValue(argument)) {
      return maskWord(argument);
    }
    return new SecretMask().maskWords(argument);
  }

  /**
   * Whether nothing of what follows can find a secret in the word, nor announced by it: no flag, no
   * name with a value, no second word, nothing with the shape of a key. Most words are like that.
   */
  private static boolean isPlain(String word) {
    if (word.startsWith("-") || word.equalsIgnoreCase("bearer")) {
      return false;
    }
    int start = 0;
    for (int i = 0; i <= word.length(); i++) {
      char c = i < word.length() ? word.charAt(i) : '/';
      if (c <= ' ' || c == '=' || c == ':') {
        return false;
      }
      if (!isNameLetter(c)) {
        if (isShape(word, start, i)) {
          return false;
        }
        start = i + 1;
      }
    }
    return true;
  }

  private static boolean isShape(String word, int start, int end) {
    return end - start >= SecretWords.LEAST_SHAPE_LENGTH
        && SecretWords.isSecretShape(word.substring(start, end));
  }

  private void rememberProgram(String word) {
    String name = word.substring(word.lastIndexOf('/') + 1);
    if (!SecretWords.flagOf(name).isEmpty()) {
      program = name;
    }
  }

  private static boolean isSecretFlagWithValue(String argument) {
    int equals = argument.indexOf('=');
    return argument.startsWith("-")
        && equals > 0
        && SecretWords.isSecretName(argument.substring(0, equals));
  }

  private String maskWords(String text) {
    StringBuilder out = new StringBuilder(text.length());
    int start = 0;
    while (start < text.length()) {
      int end = indexOfBlank(text, start);
      end = end < 0 ? text.length() : end;
      if (end > start) {
        out.append(maskInner(text.substring(start, end)));
      }
      if (end < text.length()) {
        out.append(text.charAt(end));
      }
      start = end + 1;
    }
    return out.toString();
  }

  private String maskInner(String word) {
    if (openQuote != 0) {
      openQuote = word.indexOf(openQuote) >= 0 ? 0 : openQuote;
      return MASK;
    }
    if (isNextSecret && !isScheme(word)) {
      isNextSecret = false;
      rememberOpenQuote(word);
      return MASK;
    }
    return maskWord(word);
  }

  private String maskWord(String word) {
    String flag = SecretWords.flagOf(program);
    if (!flag.isEmpty() && word.startsWith(flag)) {
      isNextSecret = word.length() == flag.length() && !SecretWords.isAttachedOnly(program);
      return word.length() == flag.length() ? word : flag + MASK;
    }
    rememberProgram(word);
    if (word.equalsIgnoreCase("bearer") || (isBareFlag(word) && SecretWords.isSecretName(word))) {
      isNextSecret = true;
      return word;
    }
    return maskShapes(maskUserInfo(maskNamed(word)));
  }

  /** Masks what stands behind the first {@code name=} or {@code name:} that speaks of a secret. */
  private String maskNamed(String word) {
    int nameStart = -1;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (isNameLetter(c)) {
        nameStart = nameStart < 0 ? i : nameStart;
      } else if (c == '=' || c == ':') {
        if (nameStart >= 0 && SecretWords.isSecretName(nameBefore(word, nameStart, i))) {
          return maskValue(word, i);
        }
        nameStart = -1;
      } else if (c != '"' && c != '\'') {
        nameStart = -1;
      }
    }
    return word;
  }

  private static String nameBefore(String word, int start, int end) {
    return word.substring(start, end).replace("\"", "").replace("'", "");
  }

  private String maskValue(String word, int separator) {
    String value = word.substring(separator + 1);
    if (value.isEmpty() || isScheme(value)) {
      isNextSecret = true;
      return word;
    }
    rememberOpenQuote(value);
    return word.substring(0, separator + 1) + MASK;
  }

  private void rememberOpenQuote(String value) {
    char first = value.charAt(0);
    boolean isQuote = first == '"' || first == '\'';
    openQuote = isQuote && value.indexOf(first, 1) < 0 ? first : 0;
  }

  /** Masks what {@code scheme://user:password@host} and {@code scheme://token@host} hide. */
  private static String maskUserInfo(String word) {
    int scheme = word.indexOf("://");
    if (scheme < 0) {
      return word;
    }
    int start = scheme + 3;
    int end = start;
    while (end < word.length() && "/?#".indexOf(word.charAt(end)) < 0) {
      end++;
    }
    // The last '@' counts: passwords with an '@' in them are common, if wrong.
    int at = word.substring(start, end).lastIndexOf('@');
    if (at < 0) {
      return word;
    }
    int colon = word.indexOf(':', start);
    int from = colon >= 0 && colon < start + at ? colon + 1 : start;
    return word.substring(0, from) + MASK + word.substring(start + at);
  }

  private static String maskShapes(String word) {
    StringBuilder out = new StringBuilder(word.length());
    int start = 0;
    for (int i = 0; i <= word.length(); i++) {
      if (i == word.length() || !isNameLetter(word.charAt(i))) {
        String piece = word.substring(start, i);
        out.append(SecretWords.isSecretShape(piece) ? MASK : piece);
        if (i < word.length()) {
          out.append(word.charAt(i));
        }
        start = i + 1;
      }
    }
    return out.toString();
  }

  private static boolean isNameLetter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-'
        || c == '.';
  }

  private static boolean isScheme(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "bearer", "basic", "token", "digest", "sharedkey" -> true;
      default -> false;
    };
  }

  private static boolean isBareFlag(String word) {
    return word.startsWith("-") && word.indexOf('=') < 0 && word.indexOf(':') < 0;
  }

  private static int indexOfBlank(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) <= ' ') {
        return i;
      }
    }
    return -1;
  }
}
