import { generate } from 'lean-qr';
import { lanAddresses } from './certificate.ts';

const QUIET = 2;

/** A QR code for terminals: two rows of modules to a line of half blocks, black on white whatever the theme. */
export function terminalQr(text: string): string {
  const code = generate(text);
  const lines: string[] = [];
  for (let y = -QUIET; y < code.size + QUIET; y += 2) {
    let line = '';
    for (let x = -QUIET; x < code.size + QUIET; x++) {
      const [upper, lower] = [code.get(x, y), code.get(x, y + 1)];
      line += upper ? (lower ? '█' : '▀') : lower ? '▄' : ' ';
    }
    lines.push(`\x1b[30;107m${line}\x1b[0m`);
  }
  return lines.join('\n');
}

export interface Greeting {
  readonly host: string;
  readonly port: number;
  readonly isHttps: boolean;
  /** The certificate that a phone can install; null without https. */
  readonly certificateFile: string | null;
  readonly isEmbedded: boolean;
}

/**
 * What is printed when the shop is open: its address, for a phone on the same network a QR code (only with https,
 * because without it a phone would lack half the shop), and how to stop.
 */
export function greeting({ host, port, isHttps, certificateFile, isEmbedded }: Greeting): string {
  const scheme = isHttps ? 'https' : 'http';
  const isOpen = host === '0.0.0.0' || host === '::';
  const lines = ['', `  Festa is open:  ${scheme}://${isOpen ? '127.0.0.1' : host}:${port}`];
  const lan = isOpen ? lanAddresses() : [];
  if (isHttps && lan[0] !== undefined) {
    const address = `https://${lan[0]}:${port}`;
    lines.push(
      '',
      `  On a phone in the same network:  ${address}`,
      ...lan.slice(1).map((ip) => `  or  https://${ip}:${port}`),
    );
    lines.push('', terminalQr(address), '');
    lines.push(
      '  The certificate is this machine’s own, so the phone warns once. Until the phone trusts it',
      '  (install the file below as a CA certificate), the shop works but cannot be installed or opened offline.',
      `  ${certificateFile}`,
    );
  } else if (lan[0] !== undefined) {
    lines.push(
      ...lan.map((ip) => `  In the local network:  http://${ip}:${port}`),
      '  Without --https a phone lacks: installing the shop, opening it offline, push, the camera, its position,',
      '  passkeys and copying a link. For a real phone: npm start -- --host 0.0.0.0 --https',
    );
  }
  lines.push('', `  Stop with Ctrl-C${isEmbedded ? '; the database stops with it and its data is kept' : ''}.`, '');
  return lines.join('\n');
}

/** A login that the first start made. */
export interface DemoLogin {
  readonly role: string;
  readonly email: string;
  readonly password: string;
}

/** The demo logins as a table; printed once, at the first start. */
export function demoLoginTable(logins: readonly DemoLogin[]): string {
  const rows = logins.map(({ role, email, password }) => [role, email, password]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
  return [
    '  Demo logins for /ops (shown this once; --fresh makes new ones). The code of the second step is on the page:',
    ...lines,
    '',
  ].join('\n');
}
