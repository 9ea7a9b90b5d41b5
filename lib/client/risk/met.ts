import { create } from 'zustand';
import type { RefusalOf } from '../../contracts/contract.ts';
import type { teamJoin } from '../../contracts/team.ts';

/** What the rules against fraud have said to a command, and what can be done about it on a sheet. */
export type RiskRefusal = Extract<RefusalOf<typeof teamJoin>, { code: 'risk_challenge' | 'risk_blocked' }>;

type Met = {
  readonly refusal: RiskRefusal | null;
  /** Sheets that can show it on this page. */
  readonly hosts: number;
};

/** What stands in a person's way now; the sheet of the page shows it. */
export const useRiskMet = create<Met>(() => ({ refusal: null, hosts: 0 }));

let settle: ((isProven: boolean) => void) | null = null;

/** Shows a refusal. @returns whether the person has proven himself, so that the command may go up again */
export function meetRisk(refusal: RiskRefusal): Promise<boolean> {
  settle?.(false);
  if (useRiskMet.getState().hosts === 0) return Promise.resolve(false);
  useRiskMet.setState({ refusal });
  return new Promise((resolve) => {
    settle = resolve;
  });
}

/** The sheet is done with. */
export function leaveRisk(isProven: boolean): void {
  useRiskMet.setState({ refusal: null });
  settle?.(isProven);
  settle = null;
}
