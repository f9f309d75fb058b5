package io.exonward.agent.stream;

import io.exonward.common.hash.Sha256;
import java.time.Instant;
import java.util.function.Consumer;

/** Who looks closer at code when the server asks. */
public interface Analyst {
  /** An agent that analyzes nothing. */
  Analyst NOBODY =
      new Analyst() {
        @Override
        public boolean isAvailable() {
          return false;
        }

        @Override
        public void analyze(Question question, Consumer<Answer> answer) {
          answer.accept(new Answer.Refused("not supported"));
        }
      };

  /** Whether genes can be asked for. */
  boolean isAvailable();

  /**
   * Looks, and answers once, at any time and on any thread. Does not block.
   *
   * @param answer must not block
   */
  void analyze(Question question, Consumer<Answer> answer);

  /**
   * What is asked.
   *
   * @param expiresAt when the server will ask somebody else
   */
  record Question(Sha256 sha256, Instant expiresAt) {}

  /** What came of it. */
  sealed interface Answer {
    /** A gene set in its exchange form, at most {@link #MAX_BYTES}. */
    final class Genes implements Answer {
      /** Eight parts: what an agent's heap has room for. */
      public static final int MAX_BYTES = 4 << 20;

      private final byte[] encoded;

      /** Keeps the array, which must not change. */
      public Genes(byte[] encoded) {
        this.encoded = encoded;
      }

      /** The array that was given. */
      public byte[] encoded() {
        return encoded;
      }
    }

    /**
     * Nothing.
     *
     * @param why at most 256 bytes; starts with "not code" if there will never be an answer
     */
    record Refused(String why) implements Answer {}
  }
}
