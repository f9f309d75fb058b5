package io.exonward.agent.stream;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets a new certificate when half of the old one's life is over. Owned by the stream's thread. */
final class Rotation {
  private static final Logger log = LoggerFactory.getLogger(Rotation.class);
  private static final Duration AGAIN_AFTER = Duration.ofSeconds(60);

  private final StreamParts parts;
  private final Loop loop;
  private final Consumer<Identity> renewed;
  private @Nullable Session asking;
  private Instant notBefore = Instant.MIN;

  /**
   * @param renewed takes the new identity once it is on disk
   */
  Rotation(StreamParts parts, Loop loop, Consumer<Identity> renewed) {
    this.parts = parts;
    this.loop = loop;
    this.renewed = renewed;
  }

  /** Asks over this session if it is time. */
  void renewIfDue(Session session) {
    Instant now = parts.clock().instant();
    if (asking != null || now.isBefore(session.identity().renewAt()) || now.isBefore(notBefore)) {
      return;
    }
    asking = session;
    notBefore = now.plus(AGAIN_AFTER);
    Renewal.request(session, loop, this::keep, this::failed);
  }

  /** The session is over, and with it what was asked over it. */
  void ended(Session session) {
    if (session == asking) {
      asking = null;
    }
  }

  private void keep(Identity fresh) {
    asking = null;
    try {
      parts.identities().write(fresh);
      log.atInfo().addKeyValue("until", fresh.expiresAt()).log("certificate renewed");
    } catch (IOException e) {
      log.atError().addKeyValue("error", e).log("new certificate not kept on disk");
    }
    renewed.accept(fresh);
  }

  private void failed(Throwable error) {
    asking = null;
    log.atWarn().addKeyValue("error", error).log("certificate not renewed");
  }
}
