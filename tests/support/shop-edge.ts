import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fastify from 'fastify';
import { staticFiles } from '../../server/platform/static-files.ts';
import { assembleRelease, currentRelease, makeCurrent } from '../../server/publish/assemble.ts';

export type ShopEdge = {
  readonly origin: string;
  /** A folder like `.festa` of its own; releases made in it are served at once. */
  readonly home: string;
  /** Publishes the same pages once more, with other files in the place of some. */
  publishAgain(extra: Readonly<Record<string, string>>): Promise<void>;
  reload(): void;
  /** What was asked so far: path, and the bytes of the body that was sent. */
  readonly sent: readonly { readonly path: string; readonly bytes: number }[];
  close(): Promise<void>;
};

/** The published shop of `from` on a server of its own, so that a test may publish over it. No API behind it. */
export async function openShopEdge(from: string): Promise<ShopEdge> {
  const published = await currentRelease(from);
  if (!published) throw new Error(`Nothing is published in ${from}`);
  const home = await mkdtemp(join(tmpdir(), 'festa-shop-'));
  // The published release itself, named from here: later releases link its files and compress none again.
  await mkdir(join(home, 'releases'));
  await symlink(dirname(published.www), join(home, 'releases', 'published'));
  await makeCurrent(home, 'published');
  const files = staticFiles({ home });
  let count = 0;
  const publishAgain = async (extra: Readonly<Record<string, string>>) => {
    const id = `release-${++count}`;
    await assembleRelease({ home, id, fingerprint: id, trees: [published.www], extra, now: Date.now() });
    await makeCurrent(home, id);
    files.reload();
  };
  const server = fastify();
  const sent: { path: string; bytes: number }[] = [];
  server.addHook('onResponse', async (request, reply) => {
    const bytes = reply.statusCode === 304 ? 0 : Number(reply.getHeader('content-length') ?? 0);
    sent.push({ path: request.url, bytes });
  });
  server.setNotFoundHandler((request, reply) => files.handle(request, reply));
  const origin = await server.listen({ port: 0, host: '127.0.0.1' });
  return {
    origin,
    home,
    publishAgain,
    reload: files.reload,
    sent,
    async close() {
      files.close();
      await server.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}
