/*
 * A slow line in front of a server: `slow-proxy.ts TARGET_PORT RTT_MS KB_PER_S`. A process of its own, so that the
 * shaping does not compete with what it shapes. Prints its port.
 *
 * Each way takes half the round trip; a new connection waits one round trip more (the handshake); all connections
 * share the bytes per second towards the phone, as they do on a real line.
 */
import { connect, createServer } from 'node:net';

const [target = 0, rttMs = 0, kbPerSecond = 1] = process.argv.slice(2).map(Number);
const PIECE = 1_460;
let lineFreeAt = 0;

const server = createServer({ noDelay: true }, (phone) => {
  const origin = connect({ port: target, host: '127.0.0.1', noDelay: true });
  let handshakeMs = rttMs;
  phone.on('data', (data) => {
    setTimeout(() => origin.writable && origin.write(data), rttMs / 2 + handshakeMs);
    handshakeMs = 0;
  });
  origin.on('data', (data: Buffer) => {
    for (let from = 0; from < data.length; from += PIECE) {
      const piece = data.subarray(from, from + PIECE);
      const now = performance.now();
      lineFreeAt = Math.max(lineFreeAt, now) + piece.length / kbPerSecond;
      setTimeout(() => phone.writable && phone.write(piece), lineFreeAt - now + rttMs / 2);
    }
  });
  origin.on('end', () => setTimeout(() => phone.end(), Math.max(0, lineFreeAt - performance.now()) + rttMs));
  phone.on('end', () => setTimeout(() => origin.end(), rttMs / 2));
  phone.on('error', () => origin.destroy());
  origin.on('error', () => phone.destroy());
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' && address ? address.port : 0}\n`);
});
