package io.exonward.agent.stream;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.protobuf.ByteString;
import io.exonward.common.tls.CertificateRequest;
import io.exonward.common.tls.Certificates;
import io.exonward.common.tls.CredentialException;
import io.exonward.common.tls.Keys;
import io.exonward.v1.AgentServiceGrpc;
import io.exonward.v1.RenewRequest;
import io.exonward.v1.RenewResponse;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Asks for a new certificate with a new key, over the connection that there is. */
final class Renewal {
  private static final int TIMEOUT_SECONDS = 30;

  private Renewal() {}

  /** Calls one of both on {@code loop}. */
  static void request(
      Session session, Executor loop, Consumer<Identity> renewed, Consumer<Throwable> failed) {
    KeyPair keys = Keys.generate(new SecureRandom());
    RenewRequest request =
        RenewRequest.newBuilder()
            .setCertificateRequest(ByteString.copyFrom(CertificateRequest.create(keys)))
            .build();
    Futures.addCallback(
        AgentServiceGrpc.newFutureStub(session.channel())
            .withDeadlineAfter(TIMEOUT_SECONDS, TimeUnit.SECONDS)
            .renew(request),
        new FutureCallback<RenewResponse>() {
          @Override
          public void onSuccess(RenewResponse response) {
            try {
              renewed.accept(identity(session.identity().agentId(), keys, response));
            } catch (IllegalArgumentException | CredentialException e) {
              failed.accept(e);
            }
          }

          @Override
          public void onFailure(Throwable error) {
            failed.accept(error);
          }
        },
        loop);
  }

  private static Identity identity(String agentId, KeyPair keys, RenewResponse response) {
    return new Identity(
        agentId,
        keys.getPrivate(),
        Certificates.decodeAll(Enrollment.bytes(response.getCertificateChainList())),
        Certificates.decodeAll(Enrollment.bytes(response.getCertificateAuthoritiesList())));
  }
}
