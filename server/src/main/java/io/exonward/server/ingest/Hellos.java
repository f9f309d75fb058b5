package io.exonward.server.ingest;

import io.exonward.common.wire.WireException;
import io.exonward.v1.Hello;
import io.grpc.Status;
import java.nio.ByteBuffer;
import java.util.UUID;

/** Checks what agents say first. */
final class Hellos {
  /** The one protocol version that this server speaks. */
  static final int PROTOCOL = 1;

  /** A capability: it can be asked for the genes of code. // agent_service.proto, Hello */
  static final String GENES = "genes";

  private static final int VERSION_BYTES = 64; // agent_service.proto, Hello
  private static final int CAPABILITIES = 64;
  private static final int EPOCH_BYTES = 16;

  private Hellos() {}

  /**
   * The life of the agent's spool.
   *
   * @throws WireException if a limit is broken
   * @throws ProtocolException if there is no common version
   */
  static UUID check(Hello hello) {
    negotiate(hello);
    UUID life = epochOf(hello);
    if (hello.getAgentVersionBytes().size() > VERSION_BYTES) {
      throw new WireException("hello.agent_version: at most " + VERSION_BYTES + " bytes");
    }
    if (hello.getCapabilitiesCount() > CAPABILITIES) {
      throw new WireException("hello.capabilities: at most " + CAPABILITIES + " entries");
    }
    return life;
  }

  private static void negotiate(Hello hello) {
    boolean isCommon = hello.getProtocolMin() <= PROTOCOL && PROTOCOL <= hello.getProtocolMax();
    if (!isCommon) {
      throw new ProtocolException(
          Status.FAILED_PRECONDITION.withDescription(
              "this server speaks protocol "
                  + PROTOCOL
                  + " to "
                  + PROTOCOL
                  + ", the agent "
                  + hello.getProtocolMin()
                  + " to "
                  + hello.getProtocolMax()));
    }
  }

  private static UUID epochOf(Hello hello) {
    if (hello.getEpoch().size() != EPOCH_BYTES) {
      throw new WireException(
          "hello.epoch: " + hello.getEpoch().size() + " bytes, must be " + EPOCH_BYTES);
    }
    ByteBuffer words = hello.getEpoch().asReadOnlyByteBuffer();
    return new UUID(words.getLong(), words.getLong());
  }
}
