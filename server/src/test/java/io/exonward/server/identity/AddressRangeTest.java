package io.exonward.server.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {
  @ParameterizedTest
  @CsvSource({
    "10.1.0.0/16, 10.1.255.255, true",
    "10.1.0.0/16, 10.2.0.0, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "192.0.2.7/32, 192.0.2.7, true",
    "192.0.2.7/32, 192.0.2.6, false",
    "fd00::/8, fd12::1, true",
    "fd00::/8, fe80::1, false",
    "::/0, 192.0.2.7, false",
  })
  void contains_judgesTheLeadingBits(String range, String address, boolean expected) {
    assertEquals(expected, AddressRange.parse(range).contains(InetAddress.ofLiteral(address)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0.0",
        "10.0.0.0/33",
        "10.0.0.1/8",
        "10.0/16",
        "host/8",
        "::/129",
        "10.0.0.0/-1",
        "999.0.0.0/8",
        "10.0.0.0/8 ",
        "127.1/32"
      })
  void parse_anythingElse_isRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> AddressRange.parse(text));
  }
}
