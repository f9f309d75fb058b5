package io.exonward.common.enroll;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.common.hash.Sha256;
import io.exonward.common.tls.Fingerprint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JoinTokenTest {
  private static final Fingerprint AUTHORITY = new Fingerprint(Sha256.digest(new byte[] {1}));
  private static final JoinToken TOKEN = JoinToken.create(new SecureRandom(), AUTHORITY);

  @Test
  void parse_text_givesTheSameToken() {
    JoinToken parsed = JoinToken.parse(TOKEN.text());

    assertEquals(TOKEN, parsed);
    assertArrayEquals(TOKEN.secret(), parsed.secret());
    assertEquals(AUTHORITY, parsed.authority());
    assertEquals(Sha256.digest(TOKEN.secret()), parsed.secretHash());
  }

  @Test
  void create_twice_differs() {
    assertNotEquals(TOKEN, JoinToken.create(new SecureRandom(), AUTHORITY));
  }

  @Test
  void toString_anyToken_hidesTheSecret() {
    String secret = TOKEN.text().substring(5, 47);

    assertTrue(TOKEN.text().contains(secret));
    assertFalse(TOKEN.toString().contains(secret));
    assertTrue(TOKEN.toString().contains(AUTHORITY.toString()));
  }

  @Test
  void parse_reservedFields_areKept() {
    byte[] more = Arrays.copyOf(bytes(TOKEN), 64 + 4);
    more[64] = 3;

    JoinToken parsed = JoinToken.parse(text(more));

    assertEquals(text(more), parsed.text());
    assertEquals(AUTHORITY, parsed.authority());
  }

  @Test
  void parse_reservedFieldCutShort_isRefused() {
    byte[] more = Arrays.copyOf(bytes(TOKEN), 64 + 3);
    more[64] = 3;

    assertEquals("join token is cut short in its last field", refusal(text(more)));
  }

  @Test
  void parse_cutShort_namesTheLengths() {
    assertEquals(
        "join token is cut short: 63 of 64 bytes", refusal(text(Arrays.copyOf(bytes(TOKEN), 63))));
  }

  @Test
  void parse_paddingOrStrayBits_isRefused() {
    String text = TOKEN.text();
    String last = text.substring(0, text.length() - 1);

    assertEquals("not a join token: not canonical base64url", refusal(text + "=="));
    // 64 bytes leave four unused bits in the last character.
    assertEquals("not a join token: not canonical base64url", refusal(last + "_"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "exj2.AAAA", "EXJ1.AAAA", "AAAA"})
  void parse_otherText_namesThePrefix(String text) {
    assertEquals("not a join token: it starts with exj1.", refusal(text));
  }

  @Test
  void parse_malformed_doesNotRepeatTheToken() {
    String text = TOKEN.text();

    String message = refusal(text.substring(0, 40) + "!" + text.substring(41));

    assertEquals("not a join token: not base64url after exj1.", message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\n"})
  void read_oneNewline_isTrimmed(String end) throws IOException {
    assertEquals(TOKEN, read(TOKEN.text() + end));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n\n", " ", "\nmore"})
  void read_anythingElseBehind_isRefused(String end) {
    assertThrows(IllegalArgumentException.class, () -> read(TOKEN.text() + end));
  }

  @Test
  void read_endlessInput_isBounded() {
    ByteArrayInputStream in =
        new ByteArrayInputStream(
            ("exj1." + "A".repeat(1 << 20)).getBytes(StandardCharsets.US_ASCII));

    assertThrows(IllegalArgumentException.class, () -> JoinToken.read(in));
    assertTrue(in.available() > (1 << 20) - 2000);
  }

  @Property(tries = 300)
  void parse_randomText_throwsIllegalArgumentOnly(@ForAll String text) {
    assertThrows(IllegalArgumentException.class, () -> JoinToken.parse("exj1." + text));
  }

  private static JoinToken read(String text) throws IOException {
    return JoinToken.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static byte[] bytes(JoinToken token) {
    return Base64.getUrlDecoder().decode(token.text().substring(5));
  }

  private static String text(byte[] bytes) {
    return "exj1." + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String refusal(String text) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> JoinToken.parse(text)).getMessage());
  }
}
