import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** The build said no; its last lines say why. */
export class BuildError extends Error {}

const LINES_KEPT = 40;

/**
 * Runs `next build` in the project; the pages land in `out/`. No telemetry, and no address outside is asked.
 * @param settings values that the pages are built with, on top of this process's environment
 * @param signal ends the build
 * @throws BuildError with the end of the build's output.
 */
export async function nextBuild(
  project: string,
  settings: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<void> {
  const child = spawn(process.execPath, [join(project, 'node_modules/next/dist/bin/next'), 'build'], {
    cwd: project,
    // The build needs the whole of this process's environment (PATH, HOME), which is why it is named here.
    env: { ...process.env, ...settings, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(signal ? { signal } : {}),
  });
  const lines: string[] = [];
  const listen = (chunk: Buffer) => {
    lines.push(...chunk.toString('utf8').split('\n'));
    lines.splice(0, lines.length - LINES_KEPT);
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) throw new BuildError(`next build ended with ${code}\n${lines.join('\n')}`);
}
