/** What one of them may have of one campaign; a setting (server/platform/limits.ts). */
export type RiskLimits = {
  /** Rewards of one person. */
  readonly perPerson: number;
  /** People who have rewards by one device's key, by one payout account, by one address cluster. */
  readonly perDevice: number;
  readonly perPayout: number;
  readonly perAddress: number;
};

/** How many there are already, this request not counted; null: he is among them, or nothing is known. */
export type RiskCounts = {
  readonly person: number;
  readonly device: number | null;
  readonly payout: number | null;
  readonly address: number | null;
};

export const RISK_LIMITS = ['person', 'payout', 'device', 'address'] as const;
export type RiskLimit = (typeof RISK_LIMITS)[number];

/** For whom the ladder says `limit`: half of everything, one at the least. */
export const halved = (limits: RiskLimits): RiskLimits => {
  const half = (most: number) => Math.max(1, Math.floor(most / 2));
  return {
    perPerson: half(limits.perPerson),
    perDevice: half(limits.perDevice),
    perPayout: half(limits.perPayout),
    perAddress: half(limits.perAddress),
  };
};

/** The limits that one more would go over, severest first. */
export function limitsReached(counts: RiskCounts, limits: RiskLimits): RiskLimit[] {
  const isOver = {
    person: counts.person >= limits.perPerson,
    payout: counts.payout !== null && counts.payout >= limits.perPayout,
    device: counts.device !== null && counts.device >= limits.perDevice,
    address: counts.address !== null && counts.address >= limits.perAddress,
  };
  return RISK_LIMITS.filter((one) => isOver[one]);
}
