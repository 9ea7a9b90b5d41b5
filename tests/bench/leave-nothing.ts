import { readdirSync, readFileSync } from 'node:fs';

/** Processes below this one, however deep; empty where there is no /proc. */
function descendants(): number[] {
  const childrenOf = new Map<number, number[]>();
  let names: string[] = [];
  try {
    names = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
  for (const name of names) {
    try {
      const text = readFileSync(`/proc/${name}/stat`, 'utf8');
      const parent = Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]);
      childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), Number(name)]);
    } catch {
      // It ended while we looked.
    }
  }
  const below = (pid: number): number[] => (childrenOf.get(pid) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(process.pid);
}

/**
 * A run that is ended from outside (Ctrl-C, `timeout`) takes along what it started: databases, edges, loads. SIGINT is
 * what each of them stops at by itself; for Postgres it is the fast shutdown.
 */
export function leaveNothingBehind(): void {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.once(signal, () => {
      for (const pid of descendants()) {
        try {
          process.kill(pid, 'SIGINT');
        } catch {
          // It has ended.
        }
      }
      process.exit(code);
    });
  }
}
