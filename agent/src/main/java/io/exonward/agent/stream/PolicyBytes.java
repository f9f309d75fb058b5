package io.exonward.agent.stream;

import com.google.protobuf.InvalidProtocolBufferException;
import io.exonward.common.policy.Policy;
import io.exonward.common.wire.PolicyCodec;
import io.exonward.common.wire.WireException;

/** Policies as bytes. */
public final class PolicyBytes {
  private PolicyBytes() {}

  /**
   * Reads a policy as the server sent it.
   *
   * @throws IllegalArgumentException if it is malformed, breaks a limit or needs a newer agent
   */
  public static Policy decode(byte[] encoded) {
    try {
      return PolicyCodec.decode(io.exonward.v1.Policy.parseFrom(encoded));
    } catch (InvalidProtocolBufferException | WireException e) {
      throw new IllegalArgumentException("policy not usable: " + e.getMessage(), e);
    }
  }
}
