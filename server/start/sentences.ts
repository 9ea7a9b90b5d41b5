import { ConfigError } from '../platform/config.ts';
import { EmbeddedPostgresError } from '../platform/embedded-postgres-error.ts';
import { BuildError } from '../publish/next-build.ts';

interface StartPlace {
  readonly host: string;
  readonly port: number;
  readonly home: string;
  readonly databaseUrl: string | null;
}

function withoutPassword(url: string): string {
  try {
    return Object.assign(new URL(url), { password: '' }).href.replace(/\/$/, '');
  } catch {
    return 'what DATABASE_URL says';
  }
}

/** SQLSTATE or network code → what is wrong with the person's own database. */
function ownDatabase(code: string, url: string): string | null {
  const at = withoutPassword(url);
  if (code === 'ECONNREFUSED') return `Nothing answers at ${at}. Is PostgreSQL running there? Or unset DATABASE_URL.`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `The host of ${at} is not known. Check DATABASE_URL.`;
  if (code === 'ETIMEDOUT') return `${at} does not answer. Check DATABASE_URL and the firewall.`;
  if (code === '28P01' || code === '28000') return `${at} refuses the name or the password. Check DATABASE_URL.`;
  if (code === '3D000')
    return `${at}: there is no such database. Create it (createdb) or name another in DATABASE_URL.`;
  if (code === '42501') return `The account of ${at} may not create tables there. Make it the owner of the database.`;
  if (code === '53300') return `${at} has no connection left for Festa. Raise max_connections or stop other programs.`;
  return null;
}

/**
 * What to tell a person when the start failed, or null when the fault is ours and its stack is the better answer.
 * Errors are looked at through their `cause`s.
 */
export function explainStartFault(error: unknown, place: StartPlace | null): string | null {
  if (error instanceof EmbeddedPostgresError || error instanceof ConfigError) return error.message;
  if (!(error instanceof Error)) return null;
  const { code, syscall } = error as NodeJS.ErrnoException;
  // Builders and picture libraries pass the system's words on, without its code.
  const isFull = code === 'ENOSPC' || code === 'EDQUOT' || code === '53100';
  if (isFull || /ENOSPC|No space left on device/i.test(error.message)) {
    const where = place === null ? '' : ` (${place.home} needs about 300 MB)`;
    return `The disk is full${where}. Free some space and start again; nothing was lost.`;
  }
  if (error instanceof BuildError) return `The pages could not be built; what was published stays. ${error.message}`;
  if (place !== null && code !== undefined) {
    const { host, home } = place;
    // Pages with hot reload have the next port, whose fault names it.
    const { port = place.port } = error as { port?: number };
    if (code === 'EADDRINUSE') {
      return `Port ${port} is taken by another program (perhaps a Festa that still runs). Stop it, or choose another: npm start -- --port ${port + 1}`;
    }
    if (code === 'EADDRNOTAVAIL') return `This machine has no address ${host}. Try --host 127.0.0.1 or --host 0.0.0.0.`;
    if (code === 'EACCES' && syscall === 'listen') {
      return `Port ${port} may only be used by root. Choose one above 1023: npm start -- --port 3000`;
    }
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
      return `${(error as NodeJS.ErrnoException).path ?? home} cannot be written. Give it to the user who starts Festa, or set FESTA_HOME to a folder of theirs.`;
    }
    const own = place.databaseUrl === null ? null : ownDatabase(code, place.databaseUrl);
    if (own !== null) return own;
  }
  return error.cause === undefined ? null : explainStartFault(error.cause, place);
}
