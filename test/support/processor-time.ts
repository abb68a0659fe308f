/**
 * Processor time since a reading of `process.cpuUsage()`, milliseconds. Other programs on the machine do not count, so a
 * limit far above what is normal tells work of the wrong order from a busy machine.
 */
export function processorMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1_000;
}
