import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';

const DAY_MS = 86_400_000;
/** Phones refuse server certificates that are valid for more than 398 days. */
const VALID_DAYS = 397;

/** IPv4 addresses under which other machines of the local network reach this one. */
export function lanAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal, address }) => family === 'IPv4' && !internal && !address.startsWith('169.254.'))
    .map(({ address }) => address);
}

async function kept(certFile: string, keyFile: string, addresses: readonly string[], now: number) {
  if (!existsSync(certFile) || !existsSync(keyFile)) return null;
  const cert = await readFile(certFile, 'utf8');
  const parsed = new X509Certificate(cert);
  const lasts = Date.parse(parsed.validTo) - now > 7 * DAY_MS;
  return lasts && addresses.every((address) => parsed.checkIP(address))
    ? { cert, key: await readFile(keyFile, 'utf8') }
    : null;
}

/**
 * The local certificate of this installation, made once and kept in `home`. A new one is made when it is about to end
 * or when the machine has got another address; phones that trusted the old one must trust the new one.
 */
export async function localCertificate(home: string): Promise<{ cert: string; key: string; file: string }> {
  const now = Date.now();
  const file = join(home, 'festa-local.crt');
  const keyFile = join(home, 'festa-local.key');
  const addresses = ['127.0.0.1', ...lanAddresses()];
  const found = await kept(file, keyFile, addresses, now);
  if (found !== null) return { ...found, file };
  const names = ['localhost', hostname()].map((value) => ({ type: 2 as const, value }));
  const made = await generate([{ name: 'commonName', value: `Festa on ${hostname()}` }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - DAY_MS),
    notAfterDate: new Date(now + (VALID_DAYS - 1) * DAY_MS),
    extensions: [
      // An authority over itself: that is what lets a person install it on a phone.
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: [...names, ...addresses.map((ip) => ({ type: 7 as const, ip }))] },
    ],
  });
  await mkdir(home, { recursive: true });
  await writeFile(keyFile, made.private, { mode: 0o600 });
  await writeFile(file, made.cert);
  return { cert: made.cert, key: made.private, file };
}
