/** What the picture shows just now; the programs read it at every frame, so that a change costs nothing but a frame. */
export type Shown = {
  /** How much of the spread's time has passed, 0 to 1. */
  now: number;
  /** Time is being replayed: what is new is larger for a moment. */
  isReplay: boolean;
  /** Revenue instead of generations. */
  isByRevenue: boolean;
  /** The branch that is looked at, as places of the walk: `[from, until)`; null: all is alike. */
  branch: readonly [from: number, until: number] | null;
  /** What was made later than this, 0 to 1, has just come, and is larger. */
  newFrom: number;
  /** The colour of the lines between nodes, red, green, blue, opacity, each 0 to 1. */
  line: readonly [number, number, number, number];
  /** The camera moves: nobody asks which node is under the finger. */
  isMoving: boolean;
};

/** What one node is drawn by; more than sigma's own attributes. */
export type NodeLook = {
  /** 0 to 1 of the picture, and its parent's, or its own where it has none. */
  readonly x: number;
  readonly y: number;
  readonly parentX: number;
  readonly parentY: number;
  /** CSS pixels at the whole picture. */
  readonly size: number;
  readonly label: string | null;
  readonly color: string;
  readonly revenueColor: string;
  /** When it was made, 0 to 1 of the spread's time. */
  readonly born: number;
  /** Its branch as places of the walk. */
  readonly from: number;
  readonly until: number;
};
