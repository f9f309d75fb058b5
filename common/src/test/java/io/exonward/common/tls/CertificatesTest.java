package io.exonward.common.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.exonward.common.hash.Sha256;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {
  private static X509Certificate certificate() throws Exception {
    KeyPair keys = Keys.generate(new SecureRandom());
    X500Name name = new X500Name("CN=test");
    var builder =
        new JcaX509v3CertificateBuilder(
            name,
            BigInteger.ONE,
            Date.from(Instant.EPOCH),
            Date.from(Instant.EPOCH.plusSeconds(9)),
            name,
            keys.getPublic());
    var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
    return Certificates.decode(builder.build(signer).getEncoded());
  }

  @Test
  void write_chain_isReadBackInOrder(@TempDir Path directory) throws Exception {
    List<X509Certificate> chain = List.of(certificate(), certificate());
    Path file = directory.resolve("chain.pem");

    Certificates.write(file, chain);

    assertEquals(chain, Certificates.read(file));
  }

  @Test
  void decode_pemOrBytesBehind_isRefused() throws Exception {
    X509Certificate certificate = certificate();
    byte[] der = certificate.getEncoded();
    byte[] pem = Certificates.encodePem(List.of(certificate)).getBytes(StandardCharsets.US_ASCII);

    assertEquals(certificate, Certificates.decode(der));
    assertThrows(CredentialException.class, () -> Certificates.decode(pem));
    assertThrows(
        CredentialException.class, () -> Certificates.decode(Arrays.copyOf(der, der.length + 1)));
    assertThrows(
        CredentialException.class, () -> Certificates.decode(Arrays.copyOf(der, der.length - 1)));
    assertThrows(CredentialException.class, () -> Certificates.decode(new byte[8193]));
  }

  @Test
  void decodeAll_fiveCertificates_isRefused() throws Exception {
    List<byte[]> five = Collections.nCopies(5, certificate().getEncoded());

    assertThrows(CredentialException.class, () -> Certificates.decodeAll(five));
    assertEquals(4, Certificates.decodeAll(five.subList(0, 4)).size());
  }

  @Property(tries = 300)
  void decode_randomBytes_throwsCredentialExceptionOnly(@ForAll @Size(max = 200) byte[] bytes) {
    bytes = Arrays.copyOf(bytes, bytes.length + 1);
    bytes[bytes.length - 1] = bytes[0];
    bytes[0] = 0x30;
    byte[] der = bytes;

    assertThrows(CredentialException.class, () -> Certificates.decode(der));
  }

  @Test
  void fingerprint_certificate_isTheDigestOfItsDer() throws Exception {
    X509Certificate certificate = certificate();

    Fingerprint fingerprint = Fingerprint.of(certificate);

    assertEquals(new Fingerprint(Sha256.digest(certificate.getEncoded())), fingerprint);
    String withColons =
        fingerprint.toString().toUpperCase(Locale.ROOT).replaceAll("(..)(?!$)", "$1:");
    assertEquals(fingerprint, Fingerprint.parse(withColons));
  }
}
