package io.exonward.server.identity;

import io.exonward.common.tls.Certificates;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.bc.BcX509ExtensionUtils;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Puts X.509 certificates (RFC 5280) together. */
final class CertificateBuilder {
  /** Issuer of every certificate, and the root's own name. */
  static final X500Name AUTHORITY = new X500Name("CN=Exonward CA");

  /**
   * A certificate's life.
   *
   * @param start written as five minutes earlier, for clocks that are behind
   */
  record Validity(Instant start, Instant end) {}

  private static final Duration BACKDATED = Duration.ofMinutes(5);
  private static final int SERIAL_BITS = 128;

  private final X509v3CertificateBuilder builder;
  private final SubjectPublicKeyInfo subjectKey;
  private final BcX509ExtensionUtils identifiers = new BcX509ExtensionUtils();

  CertificateBuilder(SecureRandom random, Validity validity, X500Name subject, PublicKey key) {
    subjectKey = SubjectPublicKeyInfo.getInstance(key.getEncoded());
    BigInteger serial = new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE);
    builder =
        new X509v3CertificateBuilder(
            AUTHORITY,
            serial,
            Date.from(validity.start.minus(BACKDATED)),
            Date.from(validity.end),
            subject,
            subjectKey);
  }

  X509Certificate signRoot(PrivateKey key) {
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      return sign(key);
    } catch (IOException e) {
      throw new IllegalStateException("extensions of a certificate have a DER form", e);
    }
  }

  X509Certificate signLeaf(
      PrivateKey key, X509Certificate issuer, KeyPurposeId purpose, List<GeneralName> names) {
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(names.toArray(GeneralName[]::new)));
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          identifiers.createAuthorityKeyIdentifier(
              SubjectPublicKeyInfo.getInstance(issuer.getPublicKey().getEncoded())));
      return sign(key);
    } catch (IOException e) {
      throw new IllegalStateException("extensions of a certificate have a DER form", e);
    }
  }

  private X509Certificate sign(PrivateKey key) throws IOException {
    builder.addExtension(
        Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(subjectKey));
    try {
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key);
      return Certificates.decode(builder.build(signer).getEncoded());
    } catch (OperatorCreationException e) {
      throw new IllegalStateException("cannot sign with the authority's key", e);
    }
  }

  /** A host name or an address, as a certificate names it. */
  static GeneralName serverName(String name) {
    try {
      String address = InetAddress.ofLiteral(name).getHostAddress();
      return new GeneralName(GeneralName.iPAddress, address);
    } catch (IllegalArgumentException _) {
      if (name.length() > 253 || !name.matches("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")) {
        throw new IllegalArgumentException("not a host name or address: " + name);
      }
      return new GeneralName(GeneralName.dNSName, name);
    }
  }
}
