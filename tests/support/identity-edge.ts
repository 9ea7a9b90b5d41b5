import Fastify from 'fastify';
import { identityRoutes } from '../../server/identity/identity.http.ts';
import { openIdentity } from '../../server/identity/service.ts';
import { sandboxMessages } from '../../server/outreach/message.sandbox.ts';
import type { Database } from '../../server/platform/database.ts';
import { openDoor, type Route } from '../../server/platform/door.ts';
import { openLog } from '../../server/platform/log.ts';
import { openMetrics } from '../../server/platform/metrics.ts';
import { Browser } from './browser.ts';

export const SECRET = 'a secret of the tests, thirty-two bytes long';

/** An edge with the identity room and the routes that a test adds, on the test's own database. */
export async function identityEdge(
  db: Database,
  more: (identity: ReturnType<typeof openIdentity>) => Route[] = () => [],
  options: { publicUrl?: string; onClaim?: (anonymousId: string, personId: string) => Promise<void> } = {},
) {
  const log = openLog('silent');
  const identity = openIdentity({
    db,
    log,
    messages: sandboxMessages(db, log),
    onClaim: options.onClaim ?? (async () => {}),
    settings: { secret: SECRET, publicUrl: options.publicUrl ?? 'http://127.0.0.1:4700', allowLoadIdentity: true },
  });
  const app = Fastify({ trustProxy: 'loopback' });
  openDoor(app, [...identityRoutes(identity), ...more(identity)], {
    people: identity.door,
    log,
    metrics: openMetrics(),
    sentence: (_locale, { code }) => code,
  });
  await app.ready();
  return { app, identity, browser: (headers?: Record<string, string>) => new Browser(app, headers) };
}
