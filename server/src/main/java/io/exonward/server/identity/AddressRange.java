package io.exonward.server.identity;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** A range of IPv4 or IPv6 addresses. // RFC 4632 section 3.1, RFC 4291 section 2.3 */
public final class AddressRange {
  // Digits, dots and colons only: InetAddress never asks the name service for such a text.
  private static final Pattern FORM = Pattern.compile("([0-9a-fA-F:.]{2,45})/(\\d{1,3})");

  private final String text;
  private final byte[] prefix;
  private final int bits;

  private AddressRange(String text, byte[] prefix, int bits) {
    this.text = text;
    this.prefix = prefix;
    this.bits = bits;
  }

  /**
   * Reads CIDR notation, such as 10.1.0.0/16 or fd00::/8.
   *
   * @throws IllegalArgumentException if it is anything else, or has bits below the prefix
   */
  public static AddressRange parse(String text) {
    var parts = FORM.matcher(text);
    if (!parts.matches() || (!text.contains(":") && parts.group(1).split("\\.", -1).length != 4)) {
      throw new IllegalArgumentException("expected a range such as 10.1.0.0/16 or fd00::/8");
    }
    byte[] prefix;
    try {
      prefix = InetAddress.getByName(parts.group(1)).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("not an address: " + parts.group(1), e);
    }
    int bits = Integer.parseInt(parts.group(2));
    if (bits > prefix.length * 8) {
      throw new IllegalArgumentException("a prefix has at most " + prefix.length * 8 + " bits");
    }
    for (int bit = bits; bit < prefix.length * 8; bit++) {
      if (bit(prefix, bit)) {
        throw new IllegalArgumentException("the address has bits below its prefix: " + text);
      }
    }
    return new AddressRange(text, prefix, bits);
  }

  /** Whether the address is in this range; an IPv4 one is never in an IPv6 range. */
  public boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length != prefix.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      if (bit(bytes, bit) != bit(prefix, bit)) {
        return false;
      }
    }
    return true;
  }

  private static boolean bit(byte[] bytes, int index) {
    return (bytes[index / 8] >> (7 - index % 8) & 1) == 1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AddressRange that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The form that {@link #parse} reads. */
  @Override
  public String toString() {
    return text;
  }
}
