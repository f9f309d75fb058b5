package io.exonward.server.gene;

/** How large the index is that is searched now. Thread-safe. */
public final class IndexSize {
  private volatile Size size = new Size(0, 0, 0);

  private record Size(long genes, long functions, long bytes) {}

  void changed(long genes, long functions, long bytes) {
    size = new Size(genes, functions, bytes);
  }

  /** Genes of whole code objects. */
  public long genes() {
    return size.genes();
  }

  /** Functions, builds counted apart. */
  public long functions() {
    return size.functions();
  }

  /** Of all its files. */
  public long bytes() {
    return size.bytes();
  }
}
