import * as z from 'zod/mini';
import { PROBE_FAULTS } from '../domain/sharing/share-domain.ts';
import { command, epochShape, read, refusal } from './contract.ts';

/* Share domains, as operators and marketers see them. */

const probeShape = z.object({ at: epochShape, isOk: z.boolean(), why: z.nullable(z.enum(PROBE_FAULTS)) });

const domainShape = z.object({
  /** With its port, when it has one of its own. */
  host: z.string(),
  /** `own`: the shop’s own address, always there. */
  state: z.enum(['own', 'ready', 'retired']),
  /** Links are shown with it from now on. */
  isCurrent: z.boolean(),
  addedAt: z.nullable(epochShape),
  /** In the last 24 hours: links handed out with it; openings that came by it, and those in WeChat. */
  shares: z.int(),
  opens: z.int(),
  wechatOpens: z.int(),
  probe: z.nullable(probeShape),
  /** Openings have dropped against what was handed out: the domain may be blocked (in WeChat, or altogether). */
  suspicion: z.nullable(
    z.object({ of: z.enum(['all', 'wechat']), seen: z.int(), expected: z.number(), hours: z.int() }),
  ),
});

export const studioDomains = read('studio.domains', {
  who: 'marketer',
  summary: 'The share domains, which of them links are shown with, and how they are',
  request: z.strictObject({}),
  value: z.object({
    asOf: epochShape,
    domains: z.array(domainShape),
    /** Newest first, 50 at most; null: the shop’s own address. */
    switches: z.array(
      z.object({
        at: epochShape,
        from: z.nullable(z.string()),
        to: z.nullable(z.string()),
        by: z.string(),
        reason: z.string(),
      }),
    ),
  }),
});

const reasonShape = z.string().check(z.trim(), z.minLength(1), z.maxLength(200));
const hostShape = z.string().check(z.trim(), z.minLength(1), z.maxLength(255));

export const opsAddShareDomain = command('ops.addShareDomain', {
  who: 'operator',
  summary: 'Adds a domain that leads here: links are answered on it; none is shown with it yet',
  request: z.strictObject({ host: hostShape }),
  value: z.object({ host: z.string() }),
  refusals: [refusal('domain_wrong'), refusal('too_many_domains', { max: z.int() })],
});

export const opsSwitchShareDomain = command('ops.switchShareDomain', {
  who: 'operator',
  summary:
    'From now on links are shown with this domain; null: with the shop’s own address. Old ones go on leading here',
  request: z.strictObject({
    host: z.nullable(hostShape),
    reason: reasonShape,
    /** Also when the domain does not answer a question of ours. */
    anyway: z.optional(z.boolean()),
  }),
  value: z.object({}),
  refusals: [refusal('unknown_domain'), refusal('domain_silent')],
});

export const opsRetireShareDomain = command('ops.retireShareDomain', {
  who: 'operator',
  summary: 'A domain that is not to be used again; links that were handed out with it go on leading here',
  request: z.strictObject({ host: hostShape, reason: reasonShape }),
  value: z.object({}),
  refusals: [refusal('unknown_domain'), refusal('domain_is_current')],
});
