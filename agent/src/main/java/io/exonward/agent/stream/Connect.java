package io.exonward.agent.stream;

import io.exonward.v1.AgentMessage;
import io.exonward.v1.AgentServiceGrpc;
import io.exonward.v1.ServerMessage;
import io.grpc.MethodDescriptor;
import java.io.InputStream;

/** The call that carries the stream, with requests that may be encoded already. */
final class Connect {
  /** As agent_service.proto has it; each request is one AgentMessage. */
  static final MethodDescriptor<InputStream, ServerMessage> METHOD =
      AgentServiceGrpc.getConnectMethod().toBuilder(
              new AsIs(), AgentServiceGrpc.getConnectMethod().getResponseMarshaller())
          .build();

  private Connect() {}

  static InputStream request(AgentMessage message) {
    return AgentServiceGrpc.getConnectMethod().streamRequest(message);
  }

  private static final class AsIs implements MethodDescriptor.Marshaller<InputStream> {
    @Override
    public InputStream stream(InputStream encoded) {
      return encoded;
    }

    @Override
    public InputStream parse(InputStream encoded) {
      return encoded;
    }
  }
}
