package io.exonward.agent.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the running agent what it sees. */
@Command(
    name = "status",
    description = "Say what the running agent sees and what it does not see.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  private static final int MAX_BYTES = 1 << 20;

  @Mixin private ConfigOption config = new ConfigOption();
  @Mixin private OutputForm form = new OutputForm();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--socket",
      paramLabel = "PATH",
      description = "Status socket (default: agent.sock in the configured run-dir).")
  private @Nullable Path socket;

  @Override
  public Integer call() {
    Path path = socket != null ? socket : config.read().statusSocket();
    JsonNode status;
    try {
      status = JsonMapper.shared().readTree(fetch(path));
    } catch (IOException e) {
      spec.commandLine()
          .getErr()
          .println("exon-agent: cannot reach the agent at " + path + ": " + e.getMessage());
      return ExitCode.UNREACHABLE;
    }
    StatusReport report = new StatusReport(status);
    form.write(spec.commandLine().getOut(), status, report.lines());
    return report.isWell() ? ExitCode.OK : ExitCode.PROBLEM;
  }

  private static byte[] fetch(Path path) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      ByteBuffer buffer = ByteBuffer.allocate(16 << 10);
      while (channel.read(buffer) >= 0 && answer.size() < MAX_BYTES) {
        answer.write(buffer.array(), 0, buffer.position());
        buffer.clear();
      }
    }
    if (answer.size() == 0) {
      throw new IOException("it does not answer this user");
    }
    return answer.toByteArray();
  }
}
