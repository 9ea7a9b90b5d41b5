import Sigma from 'sigma';
import type { CameraState } from 'sigma/types';

/*
 * A large picture is not drawn anew for each frame of a movement: what was drawn last is shifted and scaled as a whole,
 * which costs a hundredth, and drawn anew as often as this browser is able to.
 */

/** Up to so many nodes each frame is drawn. */
const SMALL = 2_000;
/** So many times as long as a drawing takes is waited until the next. */
const PATIENCE = 4;
const WAIT_MS_MIN = 60;
const WAIT_MS_MAX = 800;

/** Sigma that, while it `mayShift`, moves its last drawing instead of making another for each frame. */
export class ShiftingSigma extends Sigma {
  private drawnAt: CameraState | null = null;
  private notBefore = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** Whether only the camera has moved. */
  mayShift: () => boolean = () => false;

  constructor(...given: ConstructorParameters<typeof Sigma>) {
    super(...given);
    this.on('afterRender', () => this.hasDrawn());
    this.hasDrawn();
  }

  override scheduleRender(): this {
    // The constructor of sigma draws before any of ours is there.
    if (!this.mayShift?.() || this.getGraph().order <= SMALL || !this.drawnAt) return super.scheduleRender();
    this.shift(this.drawnAt);
    const leftMs = this.notBefore - performance.now();
    if (leftMs <= 0) return super.scheduleRender();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => super.scheduleRender(), leftMs);
    return this;
  }

  private hasDrawn(): void {
    clearTimeout(this.timer);
    this.drawnAt = this.getCamera().getState();
    const canvas = this.getCanvases().nodes;
    if (canvas) canvas.style.transform = '';
    // Until it is known how long this one takes.
    this.notBefore = performance.now() + WAIT_MS_MAX;
    this.measure(canvas?.getContext('webgl2') ?? null);
  }

  override kill(): void {
    clearTimeout(this.timer);
    this.mayShift = () => false;
    super.kill();
  }

  /** Asks the graphics process, without waiting for it, when it has finished what it was given. */
  private measure(gl: WebGL2RenderingContext | null): void {
    const fence = gl?.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    if (!gl || !fence) return;
    const begun = performance.now();
    gl.flush();
    const look = () => {
      const isLost = gl.isContextLost();
      if (!isLost && gl.getSyncParameter(fence, gl.SYNC_STATUS) !== gl.SIGNALED)
        return void requestAnimationFrame(look);
      if (!isLost) gl.deleteSync(fence);
      const now = performance.now();
      const waitMs = Math.min(WAIT_MS_MAX, Math.max(WAIT_MS_MIN, PATIENCE * (now - begun)));
      this.notBefore = Math.min(this.notBefore, now + waitMs);
    };
    requestAnimationFrame(look);
  }

  /** Lays the last drawing where the camera sees it now. */
  private shift(drawnAt: CameraState): void {
    const { width, height } = this.getDimensions();
    const now = { cameraState: this.getCamera().getState() };
    const corner = (x: number, y: number) =>
      this.framedGraphToViewport(this.viewportToFramedGraph({ x, y }, { cameraState: drawnAt }), now);
    const [first, last] = [corner(0, 0), corner(width, height)];
    const canvas = this.getCanvases().nodes;
    if (!canvas) return;
    canvas.style.transformOrigin = '0 0';
    canvas.style.transform = `translate(${first.x}px, ${first.y}px) scale(${(last.x - first.x) / width})`;
  }
}
