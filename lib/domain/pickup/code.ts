/*
 * The check digit of Damm: H. Michael Damm, "Total anti-symmetrische Quasigruppen", dissertation, Marburg 2004. His
 * quasigroup of order 10 finds every single wrong digit and every swap of two neighbours; Luhn's misses 09 and 90.
 */
const DAMM = [
  [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
  [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
  [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
  [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
  [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
  [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
  [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
  [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
  [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
  [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
] as const;

export const CODE_DIGITS = 8;
/** Numbers that a code can be made of: seven digits, the eighth follows. */
export const CODE_NUMBERS = 10 ** (CODE_DIGITS - 1);

/** The digit behind these digits. */
export function checkDigit(digits: string): number {
  let interim = 0;
  for (const digit of digits) interim = DAMM[interim]?.[Number(digit)] ?? 0;
  return interim;
}

/** The code of a random number below `CODE_NUMBERS`. */
export function codeOf(number: number): string {
  if (!Number.isInteger(number) || number < 0 || number >= CODE_NUMBERS) throw new RangeError(`No code is ${number}`);
  const digits = String(number).padStart(CODE_DIGITS - 1, '0');
  return `${digits}${checkDigit(digits)}`;
}

/** Whether eight digits are free of the usual slips; says nothing of whether such a code exists. */
export function isCode(digits: string): boolean {
  return /^\d{8}$/.test(digits) && checkDigit(digits) === 0;
}

/** As it is read out: `1234 5678`. */
export const spokenCode = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`;
