package io.exonward.packaging;

/**
 * A way for code to enter a process other than by its own execution. The script gets the code; text
 * is valid for the shell and for Perl.
 */
enum Loading {
  FIRST_LINE("script", "#!/bin/sh\nprintf \"exonward-marker\\n\";\n", "\"$1\""),
  SHELL_OPERAND("script", "printf \"exonward-marker\\n\";\n", "sh \"$1\""),
  PERL_OPERAND("script", "printf \"exonward-marker\\n\";\n", "perl \"$1\""),
  DYNAMIC_LOADER("program", "", "$(ls /lib*/ld-linux-*.so.? | head -n 1) \"$1\" loaded"),
  PRELOADED("library", "", "LD_PRELOAD=\"$1\" /bin/true"),
  OPENED_LATER(
      "library", "", "perl -MDynaLoader -e 'DynaLoader::dl_load_file($ARGV[0]) or die' \"$1\"");

  private final String kind;
  private final String text;
  private final String script;

  Loading(String kind, String text, String script) {
    this.kind = kind;
    this.text = text;
    this.script = script;
  }

  /** What the server calls it. */
  String kind() {
    return kind;
  }

  /** The code where it is text, empty where it is compiled. */
  String text() {
    return text;
  }

  String script() {
    return script;
  }
}
