const AHEAD_MS = 8 * 60 * 60 * 1_000;

/** A moment as `<input type="datetime-local">` shows it, on the clocks of Beijing: UTC+8 all year. */
export function toBeijingInput(atMs: number): string {
  return new Date(atMs + AHEAD_MS).toISOString().slice(0, 16);
}

/** The moment (epoch ms) that was typed; null when it is none. */
export function fromBeijingInput(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text)) return null;
  const at = Date.parse(`${text}:00+08:00`);
  return Number.isNaN(at) ? null : at;
}
