/**
 * The push services of browsers; a name that begins with a dot stands for all below it. Addresses come from phones, and
 * this server asks no other host because a phone said so.
 */
const KNOWN = [
  'fcm.googleapis.com',
  'jmt17.google.com',
  '.push.services.mozilla.com',
  '.notify.windows.com',
  '.push.apple.com',
];

/**
 * Whether notices may be sent there.
 * @param more origins that the merchant knows besides, as `https://push.example.com`; `http://127.0.0.1` in tests stands
 *   for every port of this machine
 */
export function isPushService(endpoint: string, more: readonly string[]): boolean {
  if (!URL.canParse(endpoint)) return false;
  const { protocol, hostname, origin, username, port } = new URL(endpoint);
  if (username !== '') return false;
  if (more.includes(origin) || more.includes(`${protocol}//${hostname}`)) return true;
  if (protocol !== 'https:' || port !== '') return false;
  return KNOWN.some((name) => (name.startsWith('.') ? hostname.endsWith(name) : hostname === name));
}
