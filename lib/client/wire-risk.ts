import type { RiskName, Sending } from './wire.ts';

/** How the names of the rules against fraud are sent; who needs one teaches them to the wire. */
export const RISK_WIRE = {
  'risk.registerDevice': 'again',
  'risk.work': 'GET',
  'risk.sendCode': 'POST',
  'risk.verifyCode': 'POST',
  'risk.mine': 'GET',
  'risk.appeal': 'again',
} as const satisfies { readonly [N in RiskName]: Sending<N> };
