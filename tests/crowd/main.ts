/*
 * npm run crowd -- --shoppers 300 --minutes 5: real buyers through the public API of a Festa that runs on this
 * machine. Their accounts are marked as demo, their orders are ordinary orders. A seed repeats a crowd.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Catalogue } from '../../lib/contracts/catalog.ts';
import { MINUTE_MS } from '../../lib/domain/time.ts';
import { issueLoadIdentity } from '../../server/identity/load-identity.ts';
import { readConfig } from '../../server/platform/config.ts';
import { MINUTES_MAX, runCrowd, SHOPPERS_MAX } from './crowd.ts';
import { loopbackOrigin } from './phone.ts';
import { NotDemo } from './shopper.ts';

const USAGE = `npm run crowd -- [options]

  --shoppers N   how many people come (100; at most ${SHOPPERS_MAX})
  --minutes M    how long they stay (2; at most ${MINUTES_MAX})
  --url ADDRESS  the running Festa, on this machine only (http://127.0.0.1:3000)
  --seed N       repeats a crowd; printed at the start`;

class UsageError extends Error {}

function numberOf(text: string, name: string, max: number): number {
  const value = Number(text);
  if (!(value > 0 && value <= max))
    throw new UsageError(`${name} is a number above 0 and at most ${max}, not "${text}".`);
  return value;
}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        shoppers: { type: 'string', default: '100' },
        minutes: { type: 'string', default: '2' },
        url: { type: 'string', default: 'http://127.0.0.1:3000' },
        seed: { type: 'string' },
        help: { type: 'boolean' },
      },
    });
    if (values.help) throw new UsageError('');
    return {
      shoppers: Math.ceil(numberOf(values.shoppers, '--shoppers', SHOPPERS_MAX)),
      minutes: numberOf(values.minutes, '--minutes', MINUTES_MAX),
      origin: loopbackOrigin(values.url),
      seed:
        values.seed === undefined ? Date.now() % 1_000_000_007 : Math.floor(numberOf(values.seed, '--seed', 2 ** 31)),
    };
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** What this installation has published: goods outside sessions are not in any public read. */
function publishedHandles(home: string): string[] {
  const file = join(home, 'catalogue.json');
  if (!existsSync(file)) return [];
  return (JSON.parse(readFileSync(file, 'utf8')) as Catalogue).products.map(({ handle }) => handle);
}

async function run(): Promise<number> {
  const { shoppers, minutes, origin, seed } = readArguments();
  const home = resolve(process.env.FESTA_HOME ?? '.festa');
  if (process.env.FESTA_SECRET === undefined && !existsSync(join(home, 'secret'))) {
    throw new UsageError(`There is no Festa in ${home}. Start one with npm start, then run the crowd beside it.`);
  }
  const ready = await fetch(new URL('/healthz', origin)).catch(() => null);
  if (!ready?.ok && origin.protocol === 'http:') {
    throw new UsageError(
      `No Festa answers at ${origin.origin}. Start one with npm start, then run the crowd beside it.`,
    );
  }
  const { secret } = readConfig(process.env, []);
  const durationMs = minutes * MINUTE_MS;
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const say = (line: string) => process.stdout.write(`${line}\n`);
  say(`${shoppers} shoppers for ${minutes} minutes at ${origin.origin}, --seed ${seed}`);
  const tally = await runCrowd({
    origin,
    loadIdentity: issueLoadIdentity(secret, Date.now() + durationMs + MINUTE_MS),
    shoppers,
    durationMs,
    seed,
    handles: publishedHandles(home),
    say,
    stop: stop.signal,
  });
  say(`\n${tally.summary()}`);
  return tally.errors > 0 ? 1 : 0;
}

try {
  process.exitCode = await run();
} catch (error) {
  if (!(error instanceof UsageError) && !(error instanceof NotDemo)) throw error;
  process.stderr.write(`${error.message}${error instanceof UsageError ? `\n\n${USAGE}` : ''}\n`);
  process.exitCode = 2;
}
