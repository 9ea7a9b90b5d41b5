import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';

const MEMORY = '/dev/shm';
const BYTES_MIN = 2 << 30;

/** A folder in memory where there is room, else the system's for temporary files. */
export async function memoryFolder(): Promise<{ folder: string; isMemory: boolean }> {
  const space = await statfs(MEMORY).catch(() => null);
  const isMemory = space !== null && space.bavail * space.bsize > BYTES_MIN;
  return { folder: isMemory ? MEMORY : tmpdir(), isMemory };
}
