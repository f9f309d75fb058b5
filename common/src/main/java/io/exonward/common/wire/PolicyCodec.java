package io.exonward.common.wire;

import com.google.protobuf.ByteString;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.hash.Sha256;
import io.exonward.common.policy.CompactBaseline;
import io.exonward.common.policy.Effect;
import io.exonward.common.policy.Mode;
import io.exonward.common.policy.PackageRef;
import io.exonward.common.policy.Policy;
import io.exonward.common.policy.Rule;
import io.exonward.common.policy.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Policies. A policy with a mode, effect or kind of memory that this side does not know is refused
 * as a whole: the agent keeps the one that it has.
 */
public final class PolicyCodec {
  private PolicyCodec() {}

  /**
   * For the wire. A baseline over the limits is cut and marked incomplete, so that agents answer
   * pending instead of a wrong no.
   *
   * @param baseline what to send as the policy's baseline
   * @throws WireException if the policy breaks a limit all the same
   */
  public static io.exonward.v1.Policy encode(Policy policy, CompactBaseline baseline) {
    Field.atMost("policy.rules", policy.rules().size(), Limits.RULES, "rules");
    int contents = Math.min(baseline.size(), Limits.BASELINE_CONTENTS);
    List<PackageRef> packages =
        baseline.packages().stream().limit(Limits.BASELINE_PACKAGES).toList();
    boolean isWhole = contents == baseline.size() && packages.size() == baseline.packages().size();
    var proto =
        io.exonward.v1.Policy.newBuilder()
            .setGroup(policy.group())
            .setVersion(policy.version())
            .setMode(EnumCodec.encode(policy.mode()))
            .addAllRules(policy.rules().stream().map(PolicyCodec::encode).toList())
            .setBaselineSha256(ByteString.copyFrom(baseline.toBytes(), 0, contents * Sha256.BYTES))
            .addAllBaselinePackages(packages.stream().map(CodeCodec::encode).toList())
            .setBaselineComplete(isWhole && baseline.isComplete())
            .build();
    if (proto.getSerializedSize() > Limits.POLICY_BYTES) {
      // Package names are agents' claims: a few thousand long ones must not keep back the policy.
      proto =
          proto.toBuilder()
              .clearBaselineSha256()
              .clearBaselinePackages()
              .setBaselineComplete(false)
              .build();
    }
    Field.atMost("policy", proto.getSerializedSize(), Limits.POLICY_BYTES, "bytes");
    return proto;
  }

  /**
   * From the wire; the result's baseline is a {@link CompactBaseline}.
   *
   * @throws WireException if it breaks a limit
   */
  public static Policy decode(io.exonward.v1.Policy proto) {
    Field.atMost("policy", proto.getSerializedSize(), Limits.POLICY_BYTES, "bytes");
    Field.atMost("policy.rules", proto.getRulesCount(), Limits.RULES, "rules");
    Optional<Mode> mode = EnumCodec.decode(proto.getMode());
    if (mode.isEmpty()) {
      throw unknown("policy.mode", proto.getModeValue());
    }
    List<Rule> rules = new ArrayList<>(proto.getRulesCount());
    for (io.exonward.v1.Rule rule : proto.getRulesList()) {
      rules.add(decode(rule));
    }
    return new Policy(
        Field.requiredText("policy.group", proto.getGroup(), Limits.GROUP_BYTES),
        Field.count("policy.version", proto.getVersion()),
        mode.get(),
        rules,
        baseline(proto));
  }

  private static CompactBaseline baseline(io.exonward.v1.Policy proto) {
    int limit = Limits.BASELINE_PACKAGES;
    Field.atMost("policy.baseline_packages", proto.getBaselinePackagesCount(), limit, "packages");
    Field.atMost(
        "policy.baseline_sha256",
        proto.getBaselineSha256().size(),
        (long) Limits.BASELINE_CONTENTS * Sha256.BYTES,
        "bytes");
    List<PackageRef> packages = new ArrayList<>(proto.getBaselinePackagesCount());
    for (io.exonward.v1.PackageRef ref : proto.getBaselinePackagesList()) {
      packages.add(CodeCodec.decode("policy.baseline_packages", ref));
    }
    try {
      return CompactBaseline.ofSorted(
          proto.getBaselineSha256().toByteArray(), packages, proto.getBaselineComplete());
    } catch (IllegalArgumentException e) {
      throw new WireException("policy.baseline_sha256: " + e.getMessage(), e);
    }
  }

  private static io.exonward.v1.Rule encode(Rule rule) {
    var proto =
        io.exonward.v1.Rule.newBuilder()
            .setId(rule.id())
            .setEffect(EnumCodec.encode(rule.effect()));
    Selector selector = rule.selector();
    if (selector.sha256() != null) {
      proto.setSha256(Field.bytes(selector.sha256()));
    }
    if (selector.packageName() != null) {
      proto.setPackage(selector.packageName());
    }
    if (selector.path() != null) {
      proto.setPath(selector.path());
    }
    if (selector.memory() != null) {
      proto.setMemory(EnumCodec.encode(selector.memory()));
    }
    if (rule.expiresAt() != null) {
      proto.setExpiresAt(Field.timestamp(rule.expiresAt()));
    }
    return proto.build();
  }

  private static Rule decode(io.exonward.v1.Rule proto) {
    String field = "policy.rules";
    long id = Field.range(field + ".id", proto.getId(), 1, Long.MAX_VALUE);
    Optional<Effect> effect = EnumCodec.decode(proto.getEffect());
    if (effect.isEmpty()) {
      throw unknown(field + ".effect", proto.getEffectValue());
    }
    return new Rule(
        id,
        effect.get(),
        selector(field, proto),
        Field.optionalInstant(field + ".expires_at", proto.hasExpiresAt(), proto.getExpiresAt()));
  }

  private static Selector selector(String field, io.exonward.v1.Rule proto) {
    Sha256 sha256 = Field.optionalSha256(field + ".sha256", proto.getSha256());
    String owner =
        Field.optionalText(field + ".package", proto.getPackage(), Limits.PACKAGE_TEXT_BYTES);
    String path = Field.optionalText(field + ".path", proto.getPath(), Limits.PATH_BYTES);
    CodeOrigin memory = memory(field, proto);
    try {
      return new Selector(sha256, owner, path, memory);
    } catch (IllegalArgumentException e) {
      throw new WireException(field + ": rule " + proto.getId() + ": " + e.getMessage(), e);
    }
  }

  private static @Nullable CodeOrigin memory(String field, io.exonward.v1.Rule proto) {
    if (proto.getMemory() == io.exonward.v1.CodeOrigin.CODE_ORIGIN_UNSPECIFIED) {
      return null;
    }
    return EnumCodec.decode(proto.getMemory())
        .orElseThrow(() -> unknown(field + ".memory", proto.getMemoryValue()));
  }

  private static WireException unknown(String field, int value) {
    return new WireException(field + ": " + value + " is not a value that this side knows");
  }
}
