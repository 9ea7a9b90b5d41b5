import type { RequestNamed, WireName } from '../../contracts/named.ts';
import { callLive, type LiveCommandName } from '../live/command.ts';
import type { AnswerNamed } from '../wire.ts';
import { meetRisk, type RiskRefusal } from './met.ts';
import type { WorkCommand } from './work.ts';

/** Commands that carry the proofs of lib/contracts/risk.ts; opening a share was decided about when it was won. */
const WITH_PROOF: ReadonlySet<string> = new Set([
  'team.open',
  'team.join',
  'packet.issue',
  'packet.accept',
  'packet.visit',
]);

const prover = () => import('./proof.ts').catch(() => null);

/** Begins what a joining command will have to show, while its page is read. */
export function prepareReward(command: WorkCommand): void {
  void prover().then((loaded) => loaded?.beginWork(command));
}

/** A request with what this phone can show for it. */
export async function withProof<N extends WireName>(name: N, request: RequestNamed<N>): Promise<RequestNamed<N>> {
  const proofs = await prover();
  return Object.assign({}, request, await proofs?.proofOf(name, (request as { key: string }).key));
}

/**
 * Sends a contested command; one that may make a reward carries this device's signature and the work that is asked for.
 * Where the shop wants a one-time code first, the person is asked for it and the command goes up again with the same key;
 * what cannot be shown is left out, and the server decides.
 *
 * @returns what `callLive` does; a refusal that the person was shown in a sheet too
 */
export async function askReward<N extends LiveCommandName>(name: N, request: RequestNamed<N>): Promise<AnswerNamed<N>> {
  if (!WITH_PROOF.has(name)) return callLive(name, request);
  const send = async () => callLive(name, await withProof(name, request));
  let answer = await send();
  // Work that had run out, or that another tab has used: once more with new work.
  if (codeOf(answer) === 'risk_work_required') answer = await send();
  const code = codeOf(answer);
  if (code === 'risk_challenge' || code === 'risk_blocked') {
    const { refusal } = answer as unknown as { refusal: RiskRefusal };
    if (await meetRisk(refusal)) return send();
  }
  return answer;
}

const codeOf = (answer: object): string | null =>
  'refusal' in answer ? (answer.refusal as { readonly code: string }).code : null;
