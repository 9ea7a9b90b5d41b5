import * as z from 'zod/mini';
import { REVIEW_REASONS } from '../domain/risk/order-review.ts';
import { RISK_MODES } from '../domain/risk/risk.ts';
import { command, epochShape, fenShape, idShape, localizedShape, read, refusal } from './contract.ts';
import { riskActionShape, riskAppealShape, riskMechanicShape, riskReasonShape, riskStateShape } from './risk.ts';

const reasonShape = z.string().check(z.trim(), z.minLength(1), z.maxLength(200));
export const riskModeShape = z.enum(RISK_MODES);

/** One decision as operators see it: nobody's phone, address or device. */
const opsDecisionShape = z.object({
  id: idShape,
  at: epochShape,
  /** The person by a number that means nothing outside this page. */
  person: z.string(),
  mechanic: riskMechanicShape,
  campaignId: idShape,
  campaign: z.nullable(localizedShape),
  command: z.string(),
  action: riskActionShape,
  because: z.enum(['score', 'limit', 'marked', 'gate']),
  score: z.int(),
  reasons: z.array(riskReasonShape),
  shadow: z.array(riskReasonShape),
  /** What the rules looked at; null: nothing was known of it. */
  signals: z.record(z.string(), z.nullable(z.union([z.number(), z.boolean()]))),
  state: riskStateShape,
  holdUntil: z.nullable(epochShape),
  fen: z.nullable(fenShape),
  /** Other holds of this campaign by the same device key or payout account: what is decided for the group is for these too. */
  groupSize: z.int(),
  appeal: z.nullable(riskAppealShape),
});
export type OpsRiskDecision = z.output<typeof opsDecisionShape>;

/** Orders of one payer, or of people who belong together, that wait for one decision before they are packed. */
const orderGroupShape = z.object({
  id: idShape,
  openedAt: epochShape,
  campaignId: idShape,
  campaign: z.nullable(localizedShape),
  mechanic: riskMechanicShape,
  why: z.enum(REVIEW_REASONS),
  /** All people of the group who used rewards, those whose orders have gone out too. */
  people: z.int(),
  /** Of them, who has not bought before; and whose order was refused before. */
  newcomers: z.int(),
  refusedBefore: z.int(),
  /** What this campaign's rewards took off all orders of these people, those that have gone out too. */
  takenFen: fenShape,
  /** Of the orders that are held. */
  totalFen: fenShape,
  /** What the campaign's rewards take off them. */
  rewardFen: fenShape,
  /** When the first of them goes on by itself. */
  heldUntil: epochShape,
  /** Those that are held, oldest first; 50 at most. */
  orders: z.array(
    z.object({
      orderId: idShape,
      person: z.string(),
      paidAt: epochShape,
      totalFen: fenShape,
      rewardFen: fenShape,
      heldUntil: epochShape,
      isNewcomer: z.boolean(),
      /** People who helped him and whom he helped, and how many of them have bought before. */
      circle: z.int(),
      known: z.int(),
    }),
  ),
});
export type OpsOrderGroup = z.output<typeof orderGroupShape>;

const opsRisk = z.object({
  now: epochShape,
  modes: z.array(
    z.object({
      mechanic: riskMechanicShape,
      mode: riskModeShape,
      by: z.nullable(z.string()),
      reason: z.nullable(z.string()),
      since: z.nullable(epochShape),
    }),
  ),
  gate: z.object({
    isClosed: z.boolean(),
    /** `canary`: a planted fraud succeeded; `silent`: a control has not reported; `operator`: closed by hand. */
    because: z.nullable(z.enum(['canary', 'silent', 'operator'])),
    detail: z.nullable(z.string()),
    since: z.nullable(epochShape),
    by: z.nullable(z.string()),
    /** Somebody lifts it, and it opens then; null: nobody does. */
    opensAt: z.nullable(epochShape),
    isOwn: z.boolean(),
  }),
  controls: z.array(z.object({ name: z.string(), reportedAt: epochShape, detail: z.string(), isSilent: z.boolean() })),
  rules: z.array(
    z.object({
      code: riskReasonShape,
      group: z.string(),
      weight: z.int(),
      isShadow: z.boolean(),
      /** How often it fired, in all and within the last day. */
      fired: z.int(),
      firedDay: z.int(),
      /** Of the decisions it weighed in: what people made of them since. */
      freed: z.int(),
      refused: z.int(),
    }),
  ),
  /** Holds that wait for a person, those that end soonest first; 100 at most. */
  queue: z.array(opsDecisionShape),
  /** Unanswered appeals, oldest first; 100 at most. */
  appeals: z.array(opsDecisionShape),
  /** Orders that are held for review, by group, those first in which rewards take off most; 100 at most. */
  orderGroups: z.array(orderGroupShape),
  waiting: z.object({ holds: z.int(), appeals: z.int(), orderGroups: z.int() }),
});

export const opsRiskRead = read('ops.risk', {
  who: 'operator',
  summary: 'The controls against fraud: modes, gate, rules and how often they fired, holds and appeals that wait',
  request: z.strictObject({}),
  value: opsRisk,
});

export const opsDecideRisk = command('ops.decideRisk', {
  who: 'operator',
  summary:
    'Frees a held reward or refuses it, with words that its owner sees; once. For the group: all that share a key',
  request: z.strictObject({ decisionId: idShape, isFreed: z.boolean(), isGroup: z.boolean(), words: reasonShape }),
  value: opsRisk,
  refusals: [refusal('hold_over', { state: riskStateShape })],
});

export const opsDecideOrderReview = command('ops.decideOrderReview', {
  who: 'operator',
  summary:
    'Frees all held orders of a group, or refuses all: their money goes back; once, with words that shoppers see',
  request: z.strictObject({ groupId: idShape, isFreed: z.boolean(), words: reasonShape }),
  value: opsRisk,
  /** `freed`: by somebody else, or every one of its orders by time. */
  refusals: [refusal('review_over', { state: z.enum(['freed', 'refused']) })],
});

export const opsAnswerAppeal = command('ops.answerAppeal', {
  who: 'operator',
  summary:
    'Answers an appeal, once, with words that the shopper sees; upheld: the reward is free, or may be asked for again',
  request: z.strictObject({ appealId: idShape, isUpheld: z.boolean(), words: reasonShape }),
  value: opsRisk,
  refusals: [refusal('already_answered')],
});

export const opsSetRiskRule = command('ops.setRiskRule', {
  who: 'operator',
  summary: 'Puts a rule into shadow, where it is counted and weighs nothing, or takes it out',
  request: z.strictObject({ code: riskReasonShape, isShadow: z.boolean(), reason: reasonShape }),
  value: opsRisk,
});

export const opsSetRiskMode = command('ops.setRiskMode', {
  who: 'operator',
  summary: 'How one mechanic is controlled: observe, strict or manual',
  request: z.strictObject({ mechanic: riskMechanicShape, mode: riskModeShape, reason: reasonShape }),
  value: opsRisk,
});

export const opsCloseRiskGate = command('ops.closeRiskGate', {
  who: 'operator',
  summary: 'Holds every reward from now on, until the gate is lifted',
  request: z.strictObject({ reason: reasonShape }),
  value: opsRisk,
});

export const opsLiftRiskGate = command('ops.liftRiskGate', {
  who: 'operator',
  summary: 'Opens the gate again: a second operator agrees by asking for the same; who is alone waits ten minutes',
  request: z.strictObject({ reason: reasonShape }),
  value: opsRisk,
  refusals: [refusal('gate_open'), refusal('controls_silent'), refusal('lift_needs_another')],
});
