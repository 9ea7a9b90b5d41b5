/** A moment as shoppers in China read it, `11-11 10:00`. */
export function chinaTime(at: number): string {
  const [, month, day, hour, minute] = /-(..)-(..)T(..):(..)/.exec(new Date(at + 8 * 3_600_000).toISOString()) ?? [];
  return `${month}-${day} ${hour}:${minute}`;
}
