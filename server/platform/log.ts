import { type Logger, pino } from 'pino';

export type Log = Logger;

/** Structured lines on stdout. Phones, names, addresses, codes and cookies never go into a line; ids do. */
export function openLog(level: string): Log {
  return pino({
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: ['*.phone', '*.code', '*.password', '*.cookie', '*.address', 'headers'], remove: true },
  });
}
