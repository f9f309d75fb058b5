package io.exonward.common.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/**
 * PKCS #10 requests (RFC 2986). Only the public key counts: subject and extensions are empty when
 * written and ignored when read.
 */
public final class CertificateRequest {
  /** Longest request that is read. */
  public static final int MAX_BYTES = 4 * 1024;

  private CertificateRequest() {}

  /** A request for the key pair's public key, as DER. */
  public static byte[] create(KeyPair keys) {
    try {
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
      return new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=agent"), keys.getPublic())
          .build(signer)
          .getEncoded();
    } catch (OperatorCreationException | IOException e) {
      throw new CredentialException("cannot sign a certificate request", e);
    }
  }

  /**
   * The public key of a request whose sender holds the private one.
   *
   * @throws CredentialException if the request is malformed, too long, not for a P-256 key, or not
   *     signed by that key
   */
  public static PublicKey verify(byte[] der) {
    if (der.length > MAX_BYTES) {
      throw new CredentialException(
          "certificate request of " + der.length + " bytes, at most " + MAX_BYTES, null);
    }
    try {
      var request = new JcaPKCS10CertificationRequest(der);
      var algorithm = request.getSubjectPublicKeyInfo().getAlgorithm();
      if (!SECObjectIdentifiers.secp256r1.equals(algorithm.getParameters())) {
        throw new CredentialException("certificate request is not for a P-256 key", null);
      }
      PublicKey key = request.getPublicKey();
      if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
        throw new CredentialException("certificate request is not signed by its own key", null);
      }
      return key;
    } catch (CredentialException e) {
      throw e;
    } catch (IOException
        | GeneralSecurityException
        | OperatorCreationException
        | PKCSException
        | RuntimeException e) {
      // The ASN.1 reader throws unchecked exceptions of many kinds for malformed input.
      throw new CredentialException("malformed certificate request: " + e.getMessage(), e);
    }
  }
}
