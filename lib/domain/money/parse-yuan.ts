import type { Fen } from './fen.ts';
import { toFen } from './fen.ts';

/** What a person types as a price: `99`, `99.5`, `1,299.00` → fen; null when it is not a price from ¥0.01 up. */
export function parseYuan(text: string): Fen | null {
  const match = /^(\d{1,8}|\d{1,3}(?:,\d{3}){1,2})(?:\.(\d{1,2}))?$/.exec(text.trim().replace(/^[¥￥]\s*/, ''));
  if (!match) return null;
  const amount = Number((match[1] ?? '').replaceAll(',', '')) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
  return amount > 0 ? toFen(amount) : null;
}

/** The same the other way, for a text box: `12900` → `129`, `12950` → `129.50`. */
export function yuanInput(amountFen: number): string {
  const fen = amountFen % 100;
  return `${(amountFen - fen) / 100}${fen === 0 ? '' : `.${String(fen).padStart(2, '0')}`}`;
}
