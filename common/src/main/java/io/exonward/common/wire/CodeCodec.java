package io.exonward.common.wire;

import io.exonward.common.event.Code;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.file.FileIdentity;
import io.exonward.common.hash.ContentHash;
import io.exonward.common.hash.Sha256;
import io.exonward.common.policy.Decision;
import io.exonward.common.policy.Decision.Reason;
import io.exonward.common.policy.PackageRef;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was executed, and what the agent's policy said of it. */
final class CodeCodec {
  private static final int MAX_DEVICE_MAJOR = 4095; // man 3 makedev, 12 bits
  private static final int MAX_DEVICE_MINOR = 1_048_575; // 20 bits

  private CodeCodec() {}

  static io.exonward.v1.Code encode(Code code) {
    var proto = io.exonward.v1.Code.newBuilder().setOrigin(EnumCodec.encode(code.origin()));
    switch (code.hash()) {
      case ContentHash.Known(Sha256 sha256) -> proto.setSha256(Field.bytes(sha256));
      case ContentHash.Missing(var reason) -> proto.setHashAbsence(EnumCodec.encode(reason));
    }
    if (code.file() != null) {
      proto.setFile(encode(code.file()));
    }
    if (code.owner() != null) {
      proto.setPackage(encode(code.owner()));
    }
    return proto.build();
  }

  /** An origin that this side does not know is the caller's to handle, before. */
  static Code decode(String field, boolean isPresent, io.exonward.v1.Code proto) {
    Field.require(field, isPresent);
    Optional<CodeOrigin> origin = EnumCodec.decode(proto.getOrigin());
    Field.require(field + ".origin", origin.isPresent());
    Sha256 sha256 = Field.optionalSha256(field + ".sha256", proto.getSha256());
    ContentHash hash =
        sha256 != null
            ? new ContentHash.Known(sha256)
            : new ContentHash.Missing(EnumCodec.decode(proto.getHashAbsence()));
    return new Code(
        origin.get(),
        hash,
        proto.hasFile() ? decode(field + ".file", proto.getFile()) : null,
        proto.hasPackage() ? decode(field + ".package", proto.getPackage()) : null);
  }

  private static io.exonward.v1.FileIdentity encode(FileIdentity file) {
    return io.exonward.v1.FileIdentity.newBuilder()
        .setDeviceMajor(file.deviceMajor())
        .setDeviceMinor(file.deviceMinor())
        .setInode(file.inode())
        .setGeneration(file.generation())
        .setSizeBytes(file.sizeBytes())
        .setCtimeNanos(file.ctimeNanos())
        .setLinkCount(file.linkCount())
        .setFilesystemMagic(file.filesystemMagic())
        .setFileMode(file.fileMode())
        .setOwnerUid(file.ownerUid())
        .build();
  }

  private static FileIdentity decode(String field, io.exonward.v1.FileIdentity proto) {
    return new FileIdentity(
        Field.range(field + ".device_major", proto.getDeviceMajor(), 0, MAX_DEVICE_MAJOR),
        Field.range(field + ".device_minor", proto.getDeviceMinor(), 0, MAX_DEVICE_MINOR),
        proto.getInode(),
        proto.getGeneration(),
        Field.count(field + ".size_bytes", proto.getSizeBytes()),
        proto.getCtimeNanos(),
        Field.range(field + ".link_count", proto.getLinkCount(), 0, Integer.MAX_VALUE),
        proto.getFilesystemMagic(),
        proto.getFileMode(),
        proto.getOwnerUid());
  }

  static io.exonward.v1.PackageRef encode(PackageRef ref) {
    return io.exonward.v1.PackageRef.newBuilder()
        .setManager(ref.manager())
        .setName(ref.name())
        .setVersion(ref.version())
        .setArchitecture(ref.architecture())
        .build();
  }

  static PackageRef decode(String field, io.exonward.v1.PackageRef proto) {
    int limit = Limits.PACKAGE_TEXT_BYTES;
    return new PackageRef(
        Field.requiredText(field + ".manager", proto.getManager(), Limits.PACKAGE_MANAGER_BYTES),
        Field.requiredText(field + ".name", proto.getName(), limit),
        Field.requiredText(field + ".version", proto.getVersion(), limit),
        Field.requiredText(field + ".architecture", proto.getArchitecture(), limit));
  }

  static io.exonward.v1.Decision encode(Decision decision) {
    var proto =
        io.exonward.v1.Decision.newBuilder()
            .setOutcome(EnumCodec.encode(decision.outcome()))
            .setReason(decision.reason().code())
            .setMode(EnumCodec.encode(decision.mode()))
            .setPolicyVersion(decision.policyVersion());
    if (decision.ruleId() != null) {
      proto.setRuleId(decision.ruleId());
    }
    return proto.build();
  }

  /**
   * The agent's decision; null if there is none, or if an outcome, reason or mode in it is one that
   * this side does not know: the server decides for itself anyway.
   */
  static @Nullable Decision decode(String field, boolean isPresent, io.exonward.v1.Decision proto) {
    if (!isPresent) {
      return null;
    }
    String code = Field.text(field + ".reason", proto.getReason(), Limits.REASON_BYTES);
    long ruleId = Field.count(field + ".rule_id", proto.getRuleId());
    long version = Field.count(field + ".policy_version", proto.getPolicyVersion());
    var outcome = EnumCodec.decode(proto.getOutcome());
    var mode = EnumCodec.decode(proto.getMode());
    var reason = Arrays.stream(Reason.values()).filter(r -> r.code().equals(code)).findFirst();
    if (outcome.isEmpty() || mode.isEmpty() || reason.isEmpty()) {
      return null;
    }
    return new Decision(
        outcome.get(), reason.get(), ruleId == 0 ? null : ruleId, mode.get(), version);
  }
}
