package io.exonward.common.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.exonward.common.event.Coverage;
import io.exonward.common.event.HostFacts;
import java.util.Collections;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class HostFactsCodecTest {
  @Provide
  Arbitrary<HostFacts> hosts() {
    return EventArbitraries.hosts();
  }

  @Provide
  Arbitrary<Coverage> coverages() {
    return EventArbitraries.coverages();
  }

  @Property(tries = 200)
  void decode_encodedHost_isTheSame(@ForAll("hosts") HostFacts host) {
    assertEquals(host, HostFactsCodec.decode(HostFactsCodec.encode(host)));
  }

  @Property(tries = 200)
  void decode_encodedCoverage_isTheSame(@ForAll("coverages") Coverage coverage) {
    assertEquals(coverage, CoverageCodec.decode(CoverageCodec.encode(coverage)));
  }

  @Test
  void decode_hostOverTheLimit_isRefused() {
    var tooLong = io.exonward.v1.HostFacts.newBuilder().setCpuModel("x".repeat(257)).build();
    var tooMany =
        io.exonward.v1.HostFacts.newBuilder()
            .addAllAddresses(Collections.nCopies(33, "::1"))
            .build();

    assertEquals("host.cpu_model: 257 bytes, at most 256", refusal(tooLong));
    assertEquals("host.addresses: 33 addresses, at most 32", refusal(tooMany));
  }

  private static String refusal(io.exonward.v1.HostFacts host) {
    return String.valueOf(
        assertThrows(WireException.class, () -> HostFactsCodec.decode(host)).getMessage());
  }
}
