package io.exonward.agent.linux;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Digests of OpenSSL's libcrypto, names and types as in openssl/evp.h. */
final class Libcrypto {
  /** Since OpenSSL 3.0, and since 1.1.0: the digest functions are the same. */
  private static final List<String> NAMES = List.of("libcrypto.so.3", "libcrypto.so.1.1");

  private static final boolean IS_LOADED = load();

  private Libcrypto() {}

  private static boolean load() {
    for (String name : NAMES) {
      try {
        Native.register(Libcrypto.class, NativeLibrary.getInstance(name));
        return true;
      } catch (UnsatisfiedLinkError e) {
        // The next one, or none: then the JDK's digests serve.
      }
    }
    return false;
  }

  /** Whether this host has the library. */
  static boolean isLoaded() {
    return IS_LOADED;
  }

  static native @Nullable Pointer EVP_MD_CTX_new();

  static native void EVP_MD_CTX_free(Pointer context);

  static native @Nullable Pointer EVP_sha256();

  static native @Nullable Pointer EVP_md5();

  static native int EVP_DigestInit_ex(Pointer context, Pointer type, @Nullable Pointer engine);

  static native int EVP_DigestUpdate(Pointer context, Pointer data, long size);

  static native int EVP_DigestFinal_ex(Pointer context, byte[] digest, @Nullable Pointer size);
}
