import { priceParts, toFen } from '../domain/money/fen.ts';
import type { Locale } from './define.ts';

/** `12999` → `129.99`, `12900` → `129`: for sentences; a price on its own is drawn by `components/ui/price`. */
export function yuanText(amountFen: number): string {
  const { yuan, fen } = priceParts(toFen(amountFen));
  return fen === '00' ? yuan : `${yuan}.${fen}`;
}

/** How a screen reader says it: `499元`, `499 yuan`. */
export function spokenYuan(amountFen: number, locale: Locale): string {
  const amount = yuanText(amountFen).replaceAll(',', '');
  return locale === 'zh-CN' ? `${amount}元` : `${amount} yuan`;
}
