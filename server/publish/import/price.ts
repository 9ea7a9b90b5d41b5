import { type Fen, toFen } from '../../../lib/domain/money/fen.ts';
import { accept, type Result, refuse } from '../../../lib/domain/result.ts';

export type PriceRefused = {
  code:
    | 'price_missing'
    | 'price_not_a_number'
    | 'price_precision'
    | 'price_not_positive'
    | 'price_too_large'
    | 'currency_not_cny';
};

/** ¥99,999,999.99: more is a slip of the hand. */
const FEN_MAX = 9_999_999_999;
const OURS = new Set(['CNY', 'RMB', '¥', '元', '人民币']);

/**
 * Reads a price in yuan as merchants write it: `1299`, `1,299.00`, `¥1299`, `1299.00 CNY`, `１２９９元`.
 *
 * More than two decimals are refused, not rounded: nobody knows which price was meant. Commas are taken only where
 * thousands are; `1,29` may be a decimal comma and is refused.
 */
export function parsePriceFen(written: string): Result<Fen, PriceRefused> {
  const text = written.normalize('NFKC').replaceAll('￥', '¥').trim();
  if (text === '') return refuse({ code: 'price_missing' });
  const parts = /^([^\d.,+\s-]*)\s*([+-]?)\s*([^\d.,+\s-]*)\s*([\d.,]+)\s*([^\d.,\s]*)$/.exec(text);
  if (!parts) return refuse({ code: 'price_not_a_number' });
  const [, before, sign, between, digits, after] = parts;
  for (const mark of [before, between, after]) {
    if (mark && !OURS.has(mark.toUpperCase())) {
      return refuse({ code: /^(\p{Sc}|[A-Za-z]{3})$/u.test(mark) ? 'currency_not_cny' : 'price_not_a_number' });
    }
  }
  const number = /^(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d*))?$/.exec(digits ?? '');
  if (!number) return refuse({ code: 'price_not_a_number' });
  if (sign === '-') return refuse({ code: 'price_not_positive' });
  const cents = number[2] ?? '';
  if (cents.length > 2) return refuse({ code: 'price_precision' });
  const yuan = (number[1] ?? '').replaceAll(',', '').replace(/^0+(?=\d)/, '');
  if (yuan.length > 9) return refuse({ code: 'price_too_large' });
  const fen = Number(yuan) * 100 + Number(cents.padEnd(2, '0') || 0);
  if (fen > FEN_MAX) return refuse({ code: 'price_too_large' });
  if (fen === 0) return refuse({ code: 'price_not_positive' });
  return accept(toFen(fen));
}

const UNITS_MAX = 100_000_000;

/** Whole units, not negative: `12`, `1,200`. Null when it is something else. */
export function parseUnits(written: string): number | null {
  const text = written.normalize('NFKC').trim();
  if (!/^(\d{1,3}(,\d{3})+|\d+)(\.0+)?$/.test(text)) return null;
  const units = Number(text.replaceAll(',', ''));
  return units <= UNITS_MAX ? units : null;
}
