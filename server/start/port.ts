import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Holds `port` of `host` for a moment: who would not get it learns so before a first start works for minutes.
 * 0, which is any free port, is always there.
 *
 * @throws what listening there would throw: EADDRINUSE, EACCES, EADDRNOTAVAIL, with the port.
 */
export async function assertPortIsFree(host: string, port: number): Promise<void> {
  if (port === 0) return;
  const trial = createServer().listen({ host, port, exclusive: true });
  await once(trial, 'listening');
  await new Promise((closed) => trial.close(closed));
}
