import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';

export type Log = Logger;

/** Never in a line, in whatever object they are handed over. */
const PERSONAL = ['phone', 'email', 'code', 'password', 'cookie', 'address', 'street', 'recipient', 'headers'];

/** What helps to find a fault. A database error's `detail` and `where` quote whole rows, so they stay out. */
function plainError(error: Error & { code?: string; constraint?: string }) {
  const { name, message, code, constraint, stack } = error;
  return { name, message, errorCode: code, constraint, stack };
}

/** Structured lines on stdout, or elsewhere for a test. Phones, names, addresses, codes and cookies never go into a line; ids do. */
export function openLog(level: string, to?: DestinationStream): Log {
  const options: LoggerOptions = {
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: plainError },
    redact: { paths: PERSONAL.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), remove: true },
  };
  return to ? pino(options, to) : pino(options);
}
