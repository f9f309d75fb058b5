package io.exonward.common.tls;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * RFC 7468 text. The JDK's own decoder, because Bouncy Castle's would keep two megabytes of its
 * library's manifest alive in an idle agent.
 */
final class Pem {
  private static final int LINE_CHARACTERS = 64; // RFC 7468, section 2
  private static final byte[] LINE_END = {'\n'};

  private Pem() {}

  static String encode(String label, List<byte[]> contents) {
    Base64.Encoder encoder = Base64.getMimeEncoder(LINE_CHARACTERS, LINE_END);
    StringBuilder text = new StringBuilder();
    for (byte[] content : contents) {
      text.append(begin(label))
          .append('\n')
          .append(new String(encoder.encode(content), StandardCharsets.US_ASCII))
          .append('\n')
          .append(end(label))
          .append('\n');
    }
    return text.toString();
  }

  /**
   * The blocks, all of which must have this label; at least one, at most {@code max}. Text around
   * them is ignored, as RFC 7468 allows.
   */
  static List<byte[]> decode(String label, String text, int max) {
    List<byte[]> contents = new ArrayList<>();
    StringBuilder block = null;
    for (String line : text.lines().map(String::strip).toList()) {
      if (block == null) {
        if (line.startsWith("-----BEGIN ")) {
          if (!line.equals(begin(label))) {
            throw new CredentialException("expected PEM block " + label + ", found " + line, null);
          }
          block = new StringBuilder();
        }
      } else if (line.startsWith("-----")) {
        if (!line.equals(end(label)) || contents.size() == max) {
          throw new CredentialException(
              contents.size() == max
                  ? "more than " + max + " PEM blocks"
                  : "malformed PEM: a block ends with " + line,
              null);
        }
        contents.add(content(block));
        block = null;
      } else {
        block.append(line);
      }
    }
    if (block != null) {
      throw new CredentialException("malformed PEM: a block has no end", null);
    }
    if (contents.isEmpty()) {
      throw new CredentialException("no PEM block " + label, null);
    }
    return contents;
  }

  private static byte[] content(StringBuilder base64) {
    try {
      return Base64.getDecoder().decode(base64.toString());
    } catch (IllegalArgumentException e) {
      throw new CredentialException("malformed PEM: " + e.getMessage(), e);
    }
  }

  private static String begin(String label) {
    return "-----BEGIN " + label + "-----";
  }

  private static String end(String label) {
    return "-----END " + label + "-----";
  }
}
