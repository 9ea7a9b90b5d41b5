/**
 * The answer of a rule that may say no.
 *
 * A refusal is part of the business ("sold out") and is returned; a bug or a
 * broken machine is thrown. Callers look at `ok` before they reach `value`.
 */
export type Result<Value, Refusal extends { code: string }> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: Refusal };

export function accept<Value>(value: Value): { ok: true; value: Value } {
  return { ok: true, value };
}

export function refuse<const Refusal extends { code: string }>(refusal: Refusal): { ok: false; refusal: Refusal } {
  return { ok: false, refusal };
}
