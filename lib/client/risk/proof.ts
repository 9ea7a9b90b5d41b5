import type { DeviceSignature } from '../../contracts/risk.ts';
import { learnWire } from '../wire.ts';
import { RISK_WIRE } from '../wire-risk.ts';
import { signCommand } from './device-key.ts';
import { takeWork, type WorkCommand } from './work.ts';

learnWire(RISK_WIRE);

export { beginWork } from './work.ts';

const WITH_WORK: ReadonlySet<string> = new Set<WorkCommand>(['team.join', 'packet.accept', 'packet.visit']);

/** What a reward command carries besides its own; whatever cannot be had is left out. */
export type Proof = { device?: DeviceSignature; work?: string };

/** This device's signature under one sending of a command, and the work where the command asks for it. */
export async function proofOf(name: string, key: string): Promise<Proof> {
  const needsWork = WITH_WORK.has(name);
  const [device, work] = await Promise.all([signCommand(name, key), needsWork ? takeWork(name as WorkCommand) : null]);
  return { ...(device && { device }), ...(work !== null && { work }) };
}
