/*
 * What a farm pays and what it gets, in fen; docs/fraud.md gives the reason for each number. Where a price has a range,
 * the middle of it is used, or the end that is better for the farm.
 */
export const COSTS = {
  /** A number that receives codes, for the days of one campaign: ¥0.5 in bulk to ¥2 single, drawn evenly. */
  simFen: { least: 50, most: 200 },
  /** One more code on a number that is still rented. */
  codeFen: 20,
  /** Keeping a number and an account alive until it looks old, per month. */
  ageingFenPerMonth: 150,
  /** A used phone of ¥240 that lasts a year, its place, power and network, per day. */
  phoneFenPerDay: 110,
  /** A browser with a fresh key on a rented machine, per account: what a device key costs who empties the storage. */
  freshKeyFen: 2,
  /** One residential or mobile exit address for as long as one account needs it. */
  exitFen: 8,
  /** Scripts, rented machines and who watches them, per account. */
  runningFenPerAccount: 15,
  /** Scripts that move and wait as people do, per action on top. */
  mimicryFenPerAction: 2,
  /** A person who taps by hand, per action: ¥18 an hour, 60 actions. */
  handFenPerAction: 30,
  /**
   * An order without rewards, once an account is old enough that it counts: the work of ordering, and the part of goods
   * of ¥30 that is lost when they are sold on. Freight is left out.
   */
  historyFen: 510,
  /** What a helper of a help-for-pay group is paid for one help. */
  helpFen: 80,
  /** A payment account in somebody else's name, for the campaign. */
  payerFen: 5_000,
  /** Finding a buyer, typing his address, telling him where the parcel is: eight minutes of hand work per order. */
  orderFen: 240,
  /** Of a coupon's worth, what is left after the goods are sold on below their price (a fifth of the line at most). */
  resalePermille: 550,
  /** The same for a helper who takes what he has wanted anyway. */
  ownUsePermille: 900,
} as const;

/** What a farm has paid and got so far, fen. */
export class Purse {
  paidFen = 0;
  gotFen = 0;

  pay(fen: number): void {
    this.paidFen += fen;
  }

  take(fen: number): void {
    this.gotFen += fen;
  }
}
