package io.exonward.common.wire;

import io.exonward.common.process.ProcessId;
import io.exonward.common.process.ProcessSummary;
import io.exonward.common.process.User;
import java.util.ArrayList;
import java.util.List;

/** Who ran: process, user, ancestry. */
final class ProcessCodec {
  private ProcessCodec() {}

  static io.exonward.v1.ProcessId encode(ProcessId process) {
    return io.exonward.v1.ProcessId.newBuilder()
        .setBootId(Field.bytes(process.bootId()))
        .setPid(process.pid())
        .setStartTicks(process.startTicks())
        .build();
  }

  static ProcessId decode(String field, boolean isPresent, io.exonward.v1.ProcessId process) {
    Field.require(field, isPresent);
    return new ProcessId(
        Field.uuid(field + ".boot_id", process.getBootId()),
        Field.range(field + ".pid", process.getPid(), 1, Integer.MAX_VALUE),
        Field.count(field + ".start_ticks", process.getStartTicks()));
  }

  static io.exonward.v1.User encode(User user) {
    var proto = io.exonward.v1.User.newBuilder().setUid(user.uid()).setGid(user.gid());
    if (user.name() != null) {
      proto.setName(user.name());
    }
    return proto.build();
  }

  static User decode(String field, io.exonward.v1.User user) {
    String name = Field.optionalText(field + ".name", user.getName(), Limits.USER_NAME_BYTES);
    return new User(user.getUid(), user.getGid(), name);
  }

  static List<io.exonward.v1.ProcessSummary> encode(List<ProcessSummary> ancestry) {
    return ancestry.stream().map(ProcessCodec::encode).toList();
  }

  static io.exonward.v1.ProcessSummary encode(ProcessSummary summary) {
    var proto = io.exonward.v1.ProcessSummary.newBuilder().setProcess(encode(summary.process()));
    if (summary.executable() != null) {
      proto.setExecutable(summary.executable());
    }
    if (summary.sha256() != null) {
      proto.setSha256(Field.bytes(summary.sha256()));
    }
    if (summary.commandLine() != null) {
      proto.setCommandLine(summary.commandLine());
    }
    if (summary.user() != null) {
      proto.setUser(encode(summary.user()));
    }
    return proto.build();
  }

  static List<ProcessSummary> decode(String field, List<io.exonward.v1.ProcessSummary> ancestry) {
    Field.atMost(field, ancestry.size(), Limits.ANCESTRY, "processes");
    List<ProcessSummary> decoded = new ArrayList<>(ancestry.size());
    for (io.exonward.v1.ProcessSummary summary : ancestry) {
      decoded.add(decode(field, summary));
    }
    return decoded;
  }

  static ProcessSummary decode(String field, io.exonward.v1.ProcessSummary proto) {
    return new ProcessSummary(
        decode(field + ".process", proto.hasProcess(), proto.getProcess()),
        Field.optionalText(field + ".executable", proto.getExecutable(), Limits.PATH_BYTES),
        Field.optionalSha256(field + ".sha256", proto.getSha256()),
        Field.optionalText(
            field + ".command_line", proto.getCommandLine(), Limits.SUMMARY_COMMAND_LINE_BYTES),
        proto.hasUser() ? decode(field + ".user", proto.getUser()) : null);
  }
}
