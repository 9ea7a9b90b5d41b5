import { type Logger, pino } from 'pino';

export type Log = Logger;

/** What helps to find a fault. A database error's `detail` and `where` quote whole rows, so they stay out. */
function plainError(error: Error & { code?: string; constraint?: string }) {
  const { name, message, code, constraint, stack } = error;
  return { name, message, code, constraint, stack };
}

/** Structured lines on stdout. Phones, names, addresses, codes and cookies never go into a line; ids do. */
export function openLog(level: string): Log {
  return pino({
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: plainError },
    redact: { paths: ['*.phone', '*.code', '*.password', '*.cookie', '*.address', 'headers'], remove: true },
  });
}
