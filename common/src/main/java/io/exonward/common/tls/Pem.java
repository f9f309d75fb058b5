package io.exonward.common.tls;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/** RFC 7468 text. */
final class Pem {
  private Pem() {}

  static String encode(String label, List<byte[]> contents) {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      for (byte[] content : contents) {
        writer.writeObject(new PemObject(label, content));
      }
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory does not fail", e);
    }
    return text.toString();
  }

  /** The blocks, all of which must have this label; at least one, at most {@code max}. */
  static List<byte[]> decode(String label, String text, int max) {
    List<byte[]> contents = new ArrayList<>();
    try (PemReader reader = new PemReader(new StringReader(text))) {
      for (PemObject block = reader.readPemObject();
          block != null;
          block = reader.readPemObject()) {
        if (!block.getType().equals(label)) {
          throw new CredentialException(
              "expected PEM block " + label + ", found " + block.getType(), null);
        }
        if (contents.size() == max) {
          throw new CredentialException("more than " + max + " PEM blocks", null);
        }
        contents.add(block.getContent());
      }
    } catch (IOException | RuntimeException e) {
      if (e instanceof CredentialException refused) {
        throw refused;
      }
      // The reader throws all sorts of things for malformed base64.
      throw new CredentialException("malformed PEM: " + e.getMessage(), e);
    }
    if (contents.isEmpty()) {
      throw new CredentialException("no PEM block " + label, null);
    }
    return contents;
  }
}
