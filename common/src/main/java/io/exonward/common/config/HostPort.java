package io.exonward.common.config;

/**
 * A network address as configured, not resolved.
 *
 * @param host name, IPv4 or IPv6 address without brackets
 * @param port 0 to 65535; 0 where listening on any free port makes sense
 */
public record HostPort(String host, int port) {
  private static final int MAX_HOST = 253; // RFC 1035, 2.3.4
  private static final int MAX_PORT = 65_535;

  public HostPort {
    if (host.isEmpty() || host.length() > MAX_HOST || !host.matches("[A-Za-z0-9._:%-]+")) {
      throw new IllegalArgumentException("not a host name or address: " + host);
    }
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
    }
  }

  /**
   * Reads {@code host:port} or {@code [address]:port}.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static HostPort parse(String text) {
    int colon = text.lastIndexOf(':');
    String digits = text.substring(colon + 1);
    if (colon < 1 || !digits.matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException("expected host:port, for example 127.0.0.1:8443");
    }
    String host = text.substring(0, colon);
    boolean isBracketed = host.startsWith("[") && host.endsWith("]");
    if (isBracketed) {
      host = host.substring(1, host.length() - 1);
    }
    if (isBracketed != host.contains(":")) {
      throw new IllegalArgumentException("brackets belong around an IPv6 address: [::1]:8443");
    }
    return new HostPort(host, Integer.parseInt(digits));
  }

  /** The form that {@link #parse} reads. */
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
