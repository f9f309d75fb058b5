package io.exonward.common.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.hash.Sha256;
import io.exonward.common.policy.Baseline.Membership;
import io.exonward.common.policy.CompactBaseline;
import io.exonward.common.policy.Effect;
import io.exonward.common.policy.Mode;
import io.exonward.common.policy.PackageRef;
import io.exonward.common.policy.Policy;
import io.exonward.common.policy.Rule;
import io.exonward.common.policy.Selector;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PolicyCodecTest {
  private static final CompactBaseline EMPTY = CompactBaseline.empty();

  @Provide
  Arbitrary<List<Rule>> rules() {
    Arbitrary<Selector> selectors =
        Combinators.combine(
                EventArbitraries.hashes(),
                EventArbitraries.text(20).map(name -> "p" + name).injectNull(0.5),
                EventArbitraries.text(20).map(path -> "/p" + path).injectNull(0.5),
                Arbitraries.of(CodeOrigin.MEMFD, CodeOrigin.DELETED).injectNull(0.5))
            .as(Selector::new);
    return Combinators.combine(
            Arbitraries.longs().greaterOrEqual(1),
            Arbitraries.of(Effect.class),
            selectors,
            EventArbitraries.instants().injectNull(0.5))
        .as(Rule::new)
        .list()
        .ofMaxSize(10);
  }

  @Provide
  Arbitrary<Set<Sha256>> contents() {
    return EventArbitraries.hashes().set().ofMaxSize(40);
  }

  @Provide
  Arbitrary<Set<PackageRef>> packages() {
    return EventArbitraries.packages().set().ofMaxSize(10);
  }

  @Property(tries = 200)
  void decode_encodedPolicy_answersTheSame(
      @ForAll("rules") List<Rule> rules,
      @ForAll("contents") Set<Sha256> contents,
      @ForAll("packages") Set<PackageRef> packages,
      @ForAll boolean isComplete) {
    CompactBaseline baseline = CompactBaseline.of(contents, packages, isComplete);
    Policy policy = new Policy("web", 7, Mode.MONITOR, rules, baseline);

    Policy decoded = PolicyCodec.decode(PolicyCodec.encode(policy, baseline));

    assertEquals(rules, decoded.rules());
    assertEquals("web", decoded.group());
    assertEquals(7, decoded.version());
    assertEquals(Mode.MONITOR, decoded.mode());
    contents.forEach(hash -> assertEquals(Membership.YES, decoded.baseline().contains(hash)));
    packages.forEach(ref -> assertEquals(Membership.YES, decoded.baseline().contains(ref)));
    Membership missing = isComplete ? Membership.NO : Membership.UNKNOWN;
    assertEquals(missing, decoded.baseline().contains(Sha256.digest(new byte[] {42})));
    assertEquals(missing, decoded.baseline().contains(new PackageRef("dpkg", "none", "0", "all")));
  }

  @Test
  void encode_packagesTooLongTogether_sendsThePolicyWithoutBaseline() {
    String longest = "x".repeat(Limits.PACKAGE_TEXT_BYTES - 5);
    List<PackageRef> packages =
        LongStream.range(0, 6000)
            .mapToObj(i -> new PackageRef("dpkg", longest + i, longest, longest))
            .toList();
    CompactBaseline baseline = CompactBaseline.of(List.of(), packages, true);
    Policy policy = new Policy("web", 7, Mode.MONITOR, List.of(), baseline);

    Policy decoded = PolicyCodec.decode(PolicyCodec.encode(policy, baseline));

    assertEquals(Membership.UNKNOWN, decoded.baseline().contains(packages.getFirst()));
  }

  @Property(tries = 1000)
  void decode_randomBytes_throwsWireExceptionOnly(@ForAll @Size(max = 200) byte[] bytes) {
    try {
      PolicyCodec.decode(io.exonward.v1.Policy.parseFrom(bytes));
    } catch (InvalidProtocolBufferException | WireException e) {
      assertFalse(String.valueOf(e.getMessage()).isEmpty());
    }
  }

  @Test
  void encode_baselineOverTheLimit_isCutAndSaysSo() {
    List<Sha256> many =
        LongStream.rangeClosed(0, Limits.BASELINE_CONTENTS)
            .mapToObj(n -> new Sha256(n, 0, 0, 0))
            .toList();
    CompactBaseline baseline = CompactBaseline.of(many, List.of(), true);
    Policy policy = new Policy("web", 1, Mode.LEARN, List.of(), baseline);

    Policy decoded = PolicyCodec.decode(PolicyCodec.encode(policy, baseline));

    assertEquals(Membership.YES, decoded.baseline().contains(many.getFirst()));
    assertEquals(Membership.UNKNOWN, decoded.baseline().contains(many.getLast()));
  }

  @Test
  void decode_whatThisSideDoesNotKnow_refusesTheWhole() {
    assertRefused("policy.mode: 99 is not a value that this side knows", p -> p.setModeValue(99));
    assertRefused(
        "policy.rules.effect: 0 is not a value that this side knows",
        p -> p.getRulesBuilder(0).clearEffect());
    assertRefused(
        "policy.rules.memory: 99 is not a value that this side knows",
        p -> p.getRulesBuilder(0).setMemoryValue(99));
  }

  @Test
  void decode_malformedPolicy_isNamed() {
    assertRefused(
        "policy.rules: rule 3: a rule needs a sha256, a package or a path",
        p -> p.getRulesBuilder(0).clearPath());
    assertRefused(
        "policy.rules.id: 0, allowed 1 to 9223372036854775807",
        p -> p.getRulesBuilder(0).clearId());
    assertRefused(
        "policy.baseline_sha256: a baseline has 32 bytes for each content, not 33 in all",
        p -> p.setBaselineSha256(ByteString.copyFrom(new byte[33])));
    assertRefused(
        "policy.baseline_sha256: a baseline is ascending, but not at content 1",
        p -> p.setBaselineSha256(ByteString.copyFrom(new byte[64])));
    assertRefused("policy.group: required, but absent", p -> p.clearGroup());
  }

  private static void assertRefused(
      String message, Consumer<io.exonward.v1.Policy.Builder> change) {
    var rule = new Rule(3, Effect.DENY, new Selector(null, null, "/tmp/", null), null);
    var policy = new Policy("web", 1, Mode.LEARN, List.of(rule), EMPTY);
    var proto = PolicyCodec.encode(policy, EMPTY).toBuilder();
    change.accept(proto);

    var refused = assertThrows(WireException.class, () -> PolicyCodec.decode(proto.build()));

    assertEquals(message, refused.getMessage());
  }
}
