/** How loud the tag of a campaign's state is. */
export const CAMPAIGN_TONES = {
  draft: 'quiet',
  waiting: 'won',
  delayed: 'won',
  ahead: 'ready',
  running: 'act',
  paused: 'won',
  over: 'quiet',
  stopped: 'quiet',
} as const;
