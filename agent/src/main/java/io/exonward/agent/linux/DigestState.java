package io.exonward.agent.linux;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One digest that is fed from native memory, again and again. For one thread. */
sealed interface DigestState extends AutoCloseable {
  /** Begins anew. */
  void begin();

  /** Takes the first {@code size} bytes of {@code buffer}. */
  void update(Memory buffer, int size);

  /** The digest of all bytes since {@link #begin}. */
  byte[] end();

  @Override
  void close();

  /** By libcrypto where it is installed and willing, otherwise by the Java platform. */
  static DigestState of(DigestAlgorithm algorithm) {
    return OfLibcrypto.tryNew(algorithm)
        .<DigestState>map(state -> state)
        .orElseGet(() -> new OfPlatform(algorithm));
  }

  /** Runs at the processor's full speed whether or not Java has compiled anything. */
  final class OfLibcrypto implements DigestState {
    private final DigestAlgorithm algorithm;
    private final Pointer type;
    private @Nullable Pointer context;

    private OfLibcrypto(DigestAlgorithm algorithm, Pointer type, Pointer context) {
      this.algorithm = algorithm;
      this.type = type;
      this.context = context;
    }

    /** Empty where there is no libcrypto, or it refuses the algorithm, as MD5 under FIPS rules. */
    static Optional<OfLibcrypto> tryNew(DigestAlgorithm algorithm) {
      if (!Libcrypto.isLoaded()) {
        return Optional.empty();
      }
      Pointer type =
          switch (algorithm) {
            case SHA_256 -> Libcrypto.EVP_sha256();
            case MD5 -> Libcrypto.EVP_md5();
          };
      Pointer context = Libcrypto.EVP_MD_CTX_new();
      if (context == null) {
        return Optional.empty();
      }
      if (type == null || Libcrypto.EVP_DigestInit_ex(context, type, null) != 1) {
        Libcrypto.EVP_MD_CTX_free(context);
        return Optional.empty();
      }
      return Optional.of(new OfLibcrypto(algorithm, type, context));
    }

    private Pointer context() {
      if (context == null) {
        throw new IllegalStateException("the digest is closed");
      }
      return context;
    }

    @Override
    public void begin() {
      check(Libcrypto.EVP_DigestInit_ex(context(), type, null));
    }

    @Override
    public void update(Memory buffer, int size) {
      check(Libcrypto.EVP_DigestUpdate(context(), buffer, size));
    }

    @Override
    public byte[] end() {
      byte[] digest = new byte[algorithm.bytes()];
      check(Libcrypto.EVP_DigestFinal_ex(context(), digest, null));
      return digest;
    }

    private static void check(int result) {
      if (result != 1) {
        throw new IllegalStateException("libcrypto refuses to go on with a digest it began");
      }
    }

    @Override
    public void close() {
      if (context != null) {
        Libcrypto.EVP_MD_CTX_free(context);
        context = null;
      }
    }
  }

  /** Slow until the second compiler has seen it. */
  final class OfPlatform implements DigestState {
    private final MessageDigest digest;

    OfPlatform(DigestAlgorithm algorithm) {
      try {
        digest = MessageDigest.getInstance(algorithm.javaName());
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has " + algorithm.javaName(), e);
      }
    }

    @Override
    public void begin() {
      digest.reset();
    }

    @Override
    public void update(Memory buffer, int size) {
      ByteBuffer bytes = buffer.getByteBuffer(0, size);
      digest.update(bytes);
    }

    @Override
    public byte[] end() {
      return digest.digest();
    }

    @Override
    public void close() {
      // Nothing outside the heap.
    }
  }
}
