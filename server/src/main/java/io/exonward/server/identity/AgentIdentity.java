package io.exonward.server.identity;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Which agent a client certificate belongs to: its only alternative name is {@code
 * exonward://agent/} and a UUID in lower case. Whether the certificate is to be trusted was decided
 * in the handshake.
 */
public final class AgentIdentity {
  private static final String PREFIX = "exonward://agent/";
  private static final Integer URI = 6; // RFC 5280, 4.2.1.6, GeneralName

  private AgentIdentity() {}

  /** The agent, or empty if the certificate is not exactly of that form. */
  public static Optional<UUID> fromCertificate(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      if (names == null || names.size() != 1) {
        return Optional.empty();
      }
      List<?> name = names.iterator().next();
      return URI.equals(name.get(0)) && name.get(1) instanceof String uri
          ? parse(uri)
          : Optional.empty();
    } catch (CertificateParsingException e) {
      return Optional.empty();
    }
  }

  private static Optional<UUID> parse(String uri) {
    try {
      UUID agent = UUID.fromString(uri.substring(Math.min(PREFIX.length(), uri.length())));
      // The JDK reads short and upper-case forms too: an identity has one spelling.
      return uri.equals(uri(agent)) ? Optional.of(agent) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static String uri(UUID agent) {
    return PREFIX + agent;
  }
}
