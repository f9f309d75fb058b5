package io.exonward.agent.inspect;

/** One file to read. */
interface ReadTask {
  /** Reads it, on a worker. */
  void run(ContentReader reader);

  /** The worker hangs in the kernel; {@link #run} may yet return, or never. */
  void giveUp();

  /** It will not be read. */
  void drop();
}
