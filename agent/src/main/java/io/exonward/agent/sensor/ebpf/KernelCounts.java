package io.exonward.agent.sensor.ebpf;

/**
 * What the BPF programs have counted since they were attached. Nothing was missed if {@code missed}
 * and the losses are 0 and the tasks rose by as much as what /proc/stat counts as processes.
 *
 * @param executions how many there were, told or lost
 * @param forks of processes
 * @param exits of processes; one may be counted twice
 * @param executionsLost no room in the ring
 * @param forksLost no room in the ring
 * @param exitsLost no room in the ring
 * @param tasks processes and threads created
 * @param missed a program did not run because one ran on that processor already
 */
public record KernelCounts(
    long executions,
    long forks,
    long exits,
    long executionsLost,
    long forksLost,
    long exitsLost,
    long tasks,
    long missed) {
  /** Records that found no room. */
  public long lost() {
    return executionsLost + forksLost + exitsLost;
  }
}
