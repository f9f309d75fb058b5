package io.exonward.server.ingest;

import com.google.protobuf.ByteString;
import io.exonward.common.tls.Certificates;
import io.exonward.common.wire.WireException;
import io.exonward.server.gene.Analyses;
import io.exonward.server.inventory.Hosts;
import io.exonward.server.policy.PolicySnapshots;
import io.exonward.v1.AgentMessage;
import io.exonward.v1.AgentServiceGrpc.AgentServiceImplBase;
import io.exonward.v1.RenewRequest;
import io.exonward.v1.RenewResponse;
import io.exonward.v1.ServerMessage;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;

/** What agents call. Thread-safe. */
final class AgentService extends AgentServiceImplBase {
  private static final int REQUEST_BYTES = 4096; // agent_service.proto, RenewRequest

  private final AgentDirectory directory;
  private final Intake intake;
  private final Hosts hosts;
  private final PolicySnapshots policies;
  private final LiveAgents live;
  private final Analyses analyses;
  private final Clock clock;
  private final String serverVersion;

  AgentService(
      AgentDirectory directory,
      Intake intake,
      Hosts hosts,
      PolicySnapshots policies,
      LiveAgents live,
      Analyses analyses,
      Clock clock,
      String serverVersion) {
    this.directory = directory;
    this.intake = intake;
    this.hosts = hosts;
    this.policies = policies;
    this.live = live;
    this.analyses = analyses;
    this.clock = clock;
    this.serverVersion = serverVersion;
  }

  @Override
  public StreamObserver<AgentMessage> connect(StreamObserver<ServerMessage> answers) {
    ServerCallStreamObserver<ServerMessage> out =
        (ServerCallStreamObserver<ServerMessage>) answers; // what gRPC hands to a server
    AgentStream stream = new AgentStream(PeerInterceptor.AGENT.get(), out);
    out.disableAutoRequest();
    out.setOnReadyHandler(stream::ready);
    out.setOnCancelHandler(() -> end(stream));
    out.setOnCloseHandler(() -> end(stream));
    live.add(stream);
    stream.readNext();
    return new AgentSession(stream, intake, hosts, policies, analyses, clock, serverVersion);
  }

  private void end(AgentStream stream) {
    stream.closed();
    live.remove(stream);
  }

  @Override
  public void renew(RenewRequest request, StreamObserver<RenewResponse> answer) {
    if (request.getCertificateRequest().size() > REQUEST_BYTES) {
      throw new WireException(
          "renew.certificate_request: "
              + request.getCertificateRequest().size()
              + " bytes, at most "
              + REQUEST_BYTES);
    }
    Agent agent = PeerInterceptor.AGENT.get();
    List<X509Certificate> chain =
        directory.renew(agent.id(), request.getCertificateRequest().toByteArray(), agent.address());
    answer.onNext(
        RenewResponse.newBuilder()
            .addAllCertificateChain(ders(chain))
            .addAllCertificateAuthorities(ders(directory.authorities()))
            .build());
    answer.onCompleted();
  }

  static List<ByteString> ders(List<X509Certificate> certificates) {
    return certificates.stream()
        .map(certificate -> ByteString.copyFrom(Certificates.encode(certificate)))
        .toList();
  }
}
