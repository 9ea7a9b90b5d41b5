import { staffSignIn, staffVerify } from '../../lib/contracts/identity.ts';
import { createStaff, type StaffRole } from '../../server/identity/staff.ts';
import { accepted, type Browser } from './browser.ts';
import type { identityEdge } from './identity-edge.ts';

let made = 0;

/** A browser in which somebody of this role has signed in with both factors. */
export async function staffBrowser(
  edge: Pick<Awaited<ReturnType<typeof identityEdge>>, 'identity' | 'browser'>,
  role: StaffRole,
): Promise<Browser> {
  made += 1;
  const { email, password } = await createStaff(edge.identity, {
    role,
    email: `${role}-${made}@shop.example`,
    displayName: `${role} ${made}`,
  });
  const browser = edge.browser();
  const { sandboxCode } = accepted(await browser.call(staffSignIn, { email, password }));
  accepted(await browser.call(staffVerify, { code: sandboxCode }));
  return browser;
}
