package io.exonward.server.cli.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says why no answer came, and what to try. */
final class Unreachable {
  private Unreachable() {}

  static Failure because(ServerUrl server, IOException cause) {
    return new Failure(ExitCode.UNREACHABLE, explain(server, cause), cause);
  }

  private static String explain(ServerUrl server, IOException cause) {
    CertificateException distrust = find(CertificateException.class, cause);
    if (distrust != null) {
      return "the certificate of %s is not trusted: %s; name its authority: exonctl login %s --ca-file FILE"
          .formatted(server, distrust.getMessage(), server);
    }
    String start = "cannot reach " + server + ": ";
    if (find(UnresolvedAddressException.class, cause) != null) {
      return start + "the name of the host is not known; check the address";
    }
    return switch (cause) {
      case SSLException e -> start + "no tls: " + e.getMessage() + "; check the port";
      case HttpTimeoutException _ ->
          start + "no answer in time; check the address and the firewall";
      case ConnectException _ -> start + "connection refused; check that the server is running";
      default -> start + "the connection broke: " + cause.getMessage();
    };
  }

  private static <T extends Throwable> @Nullable T find(Class<T> type, Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
    }
    return null;
  }
}
