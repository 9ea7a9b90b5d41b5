/** Draws once; answers whether milliseconds matter, so that the next drawing should come with the next frame. */
export type Drawing = () => boolean;

const COARSE_MS = 200;
const drawings = new Set<Drawing>();
let request = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
let isHearing = false;

function turn(): void {
  request = 0;
  timer = undefined;
  let isFine = false;
  for (const draw of drawings) isFine = draw() || isFine;
  next(isFine);
}

function next(isFine: boolean): void {
  if (drawings.size === 0 || document.hidden || request !== 0 || timer !== undefined) return;
  if (isFine) request = requestAnimationFrame(turn);
  else timer = setTimeout(turn, COARSE_MS);
}

/** All countdowns of a page share one loop; it stands still while nobody sees the page or no countdown is on it. */
export function addDrawing(draw: Drawing): () => void {
  drawings.add(draw);
  if (!isHearing) {
    isHearing = true;
    document.addEventListener('visibilitychange', () => next(true));
  }
  next(true);
  return () => drawings.delete(draw);
}
