import {
  createDecipheriv,
  createECDH,
  createPublicKey,
  type ECDH,
  hkdfSync,
  randomBytes,
  randomUUID,
  verify,
} from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/* A push service and the devices behind it, as RFC 8030, 8291 and 8292 describe them; nothing of the shop's own code. */

export type Subscription = { readonly endpoint: string; readonly p256dh: string; readonly auth: string };
export type Delivered = {
  readonly text: string;
  readonly ttlSeconds: number;
  readonly topic: string;
  readonly claims: { readonly aud: string; readonly exp: number; readonly sub: string };
};

/** What a browser does with a message that reaches it. @throws when it was not sealed for these keys */
export function openSealed(body: Buffer, pair: ECDH, auth: Buffer): string {
  const salt = body.subarray(0, 16);
  const senderBytes = body.readUInt8(20);
  const sender = body.subarray(21, 21 + senderBytes);
  const sealed = body.subarray(21 + senderBytes);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), pair.getPublicKey(), sender]);
  const material = Buffer.from(hkdfSync('sha256', pair.computeSecret(sender), auth, info, 32));
  const part = (name: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', material, salt, `Content-Encoding: ${name}\0`, bytes));
  const cipher = createDecipheriv('aes-128-gcm', part('aes128gcm', 16), part('nonce', 12)).setAuthTag(
    sealed.subarray(-16),
  );
  const plain = Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()]);
  const end = plain.lastIndexOf(2);
  if (plain.subarray(end + 1).some((byte) => byte !== 0)) throw new Error('A record ends with its mark and zeros');
  return plain.subarray(0, end).toString();
}

/** Whose signature a request carries, checked with the key that it names. @throws when it is not that key's */
function claimsOf(header: string, publicKey: string): Delivered['claims'] {
  const [, token = '', key = ''] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(header) ?? [];
  if (key !== publicKey) throw new Error('Signed with another key than devices subscribed with');
  const point = Buffer.from(key, 'base64url');
  const coordinate = (from: number) => point.subarray(from, from + 32).toString('base64url');
  const signer = createPublicKey({
    key: { kty: 'EC', crv: 'P-256', x: coordinate(1), y: coordinate(33) },
    format: 'jwk',
  });
  const [head = '', body = '', signature = ''] = token.split('.');
  const isTrue = verify(
    'sha256',
    Buffer.from(`${head}.${body}`),
    { key: signer, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  if (!isTrue) throw new Error('The signature is not of its key');
  return JSON.parse(Buffer.from(body, 'base64url').toString());
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** Listens on this machine; answers what `status` says, and keeps what it took. */
export async function openPushService() {
  const devices = new Map<string, { pair: ECDH; auth: Buffer; publicKey: string; taken: Delivered[] }>();
  const gone = new Map<string, number>();
  let answers: number[] = [];
  let asked = 0;
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    asked += 1;
    const device = devices.get(request.url ?? '');
    const status = answers.shift() ?? (device ? 201 : (gone.get(request.url ?? '') ?? 404));
    if (device && status < 300) {
      try {
        const claims = claimsOf(String(request.headers.authorization), device.publicKey);
        if (claims.aud !== `http://${request.headers.host}`) throw new Error('Signed for another service');
        if (request.headers['content-encoding'] !== 'aes128gcm') throw new Error('Sealed another way');
        const text = openSealed(body, device.pair, device.auth);
        device.taken.push({
          text,
          claims,
          ttlSeconds: Number(request.headers.ttl),
          topic: String(request.headers.topic),
        });
      } catch (error) {
        response.writeHead(400).end((error as Error).message);
        return;
      }
    }
    response.writeHead(status).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    /** A browser that subscribed with this key of the shop. */
    subscribe(publicKey: string) {
      const path = `/push/${randomUUID()}`;
      const pair = createECDH('prime256v1');
      pair.generateKeys();
      const auth = randomBytes(16);
      const taken: Delivered[] = [];
      devices.set(path, { pair, auth, publicKey, taken });
      const subscription: Subscription = {
        endpoint: origin + path,
        p256dh: pair.getPublicKey().toString('base64url'),
        auth: auth.toString('base64url'),
      };
      return {
        subscription,
        taken,
        /** The browser has ended its subscription; the service says so with this status. */
        leave: (status: number) => void (devices.delete(path) && gone.set(path, status)),
      };
    },
    /** The next requests are answered so, in this order. */
    answer(...statuses: number[]) {
      answers = statuses;
    },
    asked: () => asked,
    close: () => new Promise<void>((done) => server.close(() => done())),
  };
}

export type PushService = Awaited<ReturnType<typeof openPushService>>;
