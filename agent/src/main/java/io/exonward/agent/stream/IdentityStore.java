package io.exonward.agent.stream;

import io.exonward.common.tls.Certificates;
import io.exonward.common.tls.Keys;
import io.exonward.common.tls.SecretFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The identity on disk: {@code agent.pem} with the id, the key and the chain, replaced as one, and
 * {@code authorities.pem}, which is replaced first. Files are readable by the owner alone.
 */
public final class IdentityStore {
  private static final int MAX_BYTES = 64 << 10;
  private static final String CERTIFICATE = "-----BEGIN CERTIFICATE-----";
  private static final String KEY = "-----BEGIN PRIVATE KEY-----";

  private final Path directory;

  public IdentityStore(Path directory) {
    this.directory = directory;
  }

  /** Replaces the identity. */
  public void write(Identity identity) throws IOException {
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Certificates.write(directory.resolve("authorities.pem"), identity.authorities());
    String text =
        identity.agentId()
            + "\n"
            + Keys.encode(identity.key())
            + Certificates.encodePem(identity.chain());
    SecretFile.write(directory.resolve("agent.pem"), text.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Reads the identity; empty before enrollment.
   *
   * @throws IOException if there is one that cannot be read, is damaged or open to others
   * @throws io.exonward.common.tls.CredentialException if a key or certificate in it is damaged
   */
  public Optional<Identity> read() throws IOException {
    Path file = directory.resolve("agent.pem");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String text = new String(SecretFile.read(file, MAX_BYTES), StandardCharsets.US_ASCII);
    int key = text.indexOf(KEY);
    int chain = text.indexOf(CERTIFICATE);
    if (key < 1 || chain < key) {
      throw new IOException(file + ": damaged, enroll again");
    }
    return Optional.of(
        new Identity(
            text.substring(0, key).strip(),
            Keys.decode(text.substring(key, chain)),
            Certificates.decodePem(text.substring(chain)),
            Certificates.read(directory.resolve("authorities.pem"))));
  }
}
