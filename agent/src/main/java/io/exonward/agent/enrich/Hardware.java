package io.exonward.agent.enrich;

import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.util.GlobalConfig;

/**
 * What the machine is made of, by OSHI, read once and let go.
 *
 * @param cpuModel name of the processor, empty if it has none
 * @param cpuCount logical processors, at least 1
 * @param memoryBytes physical memory
 * @param machineModel what the firmware calls the machine, empty if it does not
 */
record Hardware(String cpuModel, int cpuCount, long memoryBytes, String machineModel) {
  /** Reads it; neither asks udev nor runs a program. */
  static Hardware read() {
    GlobalConfig.set(GlobalConfig.OSHI_OS_LINUX_ALLOWUDEV, false);
    HardwareAbstractionLayer hardware = new SystemInfo().getHardware();
    CentralProcessor processor = hardware.getProcessor();
    return new Hardware(
        processor.getProcessorIdentifier().getName(),
        processor.getLogicalProcessorCount(),
        hardware.getMemory().getTotal(),
        hardware.getComputerSystem().getModel());
  }
}
