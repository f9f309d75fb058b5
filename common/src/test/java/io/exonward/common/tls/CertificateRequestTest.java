package io.exonward.common.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CertificateRequestTest {
  private static final KeyPair KEYS = Keys.generate(new SecureRandom());
  private static final byte[] REQUEST = CertificateRequest.create(KEYS);

  @Test
  void verify_ownRequest_givesThePublicKey() {
    assertEquals(KEYS.getPublic(), CertificateRequest.verify(REQUEST));
  }

  @Test
  void verify_signedByAnotherKey_isRefused() {
    KeyPair mixed = new KeyPair(KEYS.getPublic(), Keys.generate(new SecureRandom()).getPrivate());

    assertEquals(
        "certificate request is not signed by its own key",
        refusal(CertificateRequest.create(mixed)));
  }

  @Test
  void verify_otherCurve_isRefused() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp384r1"));

    assertEquals(
        "certificate request is not for a P-256 key",
        refusal(CertificateRequest.create(generator.generateKeyPair())));
  }

  @Test
  void verify_tooLong_isRefused() {
    assertEquals("certificate request of 4097 bytes, at most 4096", refusal(new byte[4097]));
  }

  @Property(tries = 300)
  void verify_randomBytes_throwsCredentialExceptionOnly(@ForAll @Size(max = 200) byte[] bytes) {
    assertFalse(refusal(bytes).isEmpty());
  }

  @Property(tries = 300)
  void verify_damagedRequest_isRefused(
      @ForAll @IntRange(max = 1000) int position,
      @ForAll @IntRange(min = 1, max = 255) int damage) {
    byte[] damaged = REQUEST.clone();

    damaged[position % damaged.length] ^= (byte) damage;

    assertFalse(refusal(damaged).isEmpty());
  }

  private static String refusal(byte[] request) {
    return String.valueOf(
        assertThrows(CredentialException.class, () -> CertificateRequest.verify(request))
            .getMessage());
  }
}
