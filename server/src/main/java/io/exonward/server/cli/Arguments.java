package io.exonward.server.cli;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.TypeConversionException;

/** Options and operands of commands, and their values once the command line is parsed. */
final class Arguments {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private Arguments() {}

  /** An option with a value. */
  static OptionSpec option(String name, String label, String description) {
    return textOption(name, label, description).build();
  }

  /** An option without which the command is refused. */
  static OptionSpec requiredOption(String name, String label, String description) {
    return textOption(name, label, description).required(true).build();
  }

  /** An option whose value is one of a few words. */
  static OptionSpec choice(String name, List<String> words, String description) {
    return choiceOption(name, words, description).build();
  }

  /** As {@link #choice}, and it must be given. */
  static OptionSpec requiredChoice(String name, List<String> words, String description) {
    return choiceOption(name, words, description).required(true).build();
  }

  /** An option without a value. */
  static OptionSpec flag(String name, String description) {
    return OptionSpec.builder(name).type(boolean.class).arity("0").description(description).build();
  }

  /** The reason that goes into the audit log. */
  static OptionSpec reason() {
    return requiredOption("--reason", "TEXT", "Why; stands in the audit log");
  }

  /** An operand at its position, counted from 0. */
  static PositionalParamSpec operand(int index, String label, String description) {
    return operandBuilder(index, label, description).build();
  }

  /** One or more operands, from a position on. */
  static PositionalParamSpec operands(int index, String label, String description) {
    return PositionalParamSpec.builder()
        .required(true)
        .index(index + "..*")
        .type(List.class)
        .auxiliaryTypes(String.class)
        .arity("1..*")
        .paramLabel(label)
        .description(description)
        .build();
  }

  /** An operand that is a decimal number. */
  static PositionalParamSpec numberOperand(int index, String label, String description) {
    return operandBuilder(index, label, description)
        .converters(matching(NUMBER, "a number"))
        .build();
  }

  /** An operand that is a SHA-256. */
  static PositionalParamSpec hashOperand(int index, String label, String description) {
    return operandBuilder(index, label, description)
        .converters(matching(SHA256, "64 lower-case hexadecimal digits"))
        .build();
  }

  /** An operand that is one of a few words. */
  static PositionalParamSpec choiceOperand(int index, List<String> words, String description) {
    return operandBuilder(index, String.join("|", words), description)
        .completionCandidates(words)
        .converters(oneOf(words))
        .build();
  }

  /** The value; null if it was not given. */
  static @Nullable String value(ArgSpec argument) {
    return argument.getValue();
  }

  /** The value of what must be given. */
  static String required(ArgSpec argument) {
    String value = argument.getValue();
    if (value == null) {
      throw new IllegalStateException("the parser let a required argument pass");
    }
    return value;
  }

  /** The values of {@link #operands}. */
  static List<String> values(PositionalParamSpec operands) {
    List<String> values = operands.getValue();
    return List.copyOf(values);
  }

  /** Whether the flag was given. */
  static boolean isSet(OptionSpec flag) {
    return Boolean.TRUE.equals(flag.<@Nullable Boolean>getValue());
  }

  private static OptionSpec.Builder textOption(String name, String label, String description) {
    return OptionSpec.builder(name)
        .type(String.class)
        .arity("1")
        .paramLabel(label)
        .description(description);
  }

  private static OptionSpec.Builder choiceOption(
      String name, List<String> words, String description) {
    return textOption(name, String.join("|", words), description)
        .completionCandidates(words)
        .converters(oneOf(words));
  }

  private static PositionalParamSpec.Builder operandBuilder(
      int index, String label, String description) {
    return PositionalParamSpec.builder()
        .required(true)
        .index(Integer.toString(index))
        .type(String.class)
        .arity("1")
        .paramLabel(label)
        .description(description);
  }

  private static ITypeConverter<String> oneOf(List<String> words) {
    return value -> {
      if (!words.contains(value)) {
        throw new TypeConversionException(
            "'" + value + "' is not one of " + String.join(", ", words));
      }
      return value;
    };
  }

  private static ITypeConverter<String> matching(Pattern pattern, String what) {
    return value -> {
      if (!pattern.matcher(value).matches()) {
        throw new TypeConversionException("'" + value + "' is not " + what);
      }
      return value;
    };
  }
}
