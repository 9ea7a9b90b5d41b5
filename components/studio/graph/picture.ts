import Graph from 'graphology';
import type { SpreadPlaces } from '../../../lib/domain/sharing/spread-layout.ts';
import type { Spread } from '../../../lib/domain/sharing/spread-tree.ts';
import { ShiftingSigma } from './between-draws.ts';
import { programsFor } from './programs.ts';
import type { NodeLook, Shown } from './shown.ts';

/** What is drawn, in columns by node. */
export type PictureFacts = {
  readonly spread: Spread;
  readonly places: SpreadPlaces;
  /** 0 to 1 of the spread's time. */
  readonly born: Float64Array;
  readonly visitors: readonly number[];
  readonly labelOf: (node: number) => string;
};

/** The colours of the page's theme. */
export type PictureLooks = {
  /** By generation; later ones share the last. */
  readonly generations: readonly string[];
  readonly revenueOf: (node: number) => string;
  readonly line: Shown['line'];
  readonly ink: string;
  readonly card: string;
};

export type Picture = ReturnType<typeof openPicture>;

const ZOOM = 1.6;
const ZOOM_MS = 180;
/** The camera rests when it has not moved for so long; only then is it asked what lies under the finger. */
const REST_MS = 120;
/** Where a branch that was chosen from the table is shown: as a part of the whole picture. */
const LOOK_RATIO_MIN = 0.02;
/** Drawn beyond the box on each side, so that a movement has something to bring in. CSS pixels. */
const OVERLAP_PX = 96;
/** What has just come is larger for so long. */
const NEW_MS = 2_500;

/** The nodes of a small spread are seen well, those of a large one leave room for each other: a radius, CSS pixels. */
const smallest = (radius: number) => Math.min(6, Math.max(0.9, 200 / (2 * radius + 2)));

/** Where something stands, 0 to 1 of the picture's width or height. */
const placeIn = ({ places }: PictureFacts, value: number) => 0.5 + value / (2 * places.radius + 2);
/** The camera comes so near that some nodes fill the box. */
const nearest = ({ places }: PictureFacts) => Math.min(0.5, 6 / (places.radius + 1));
const runOf = ({ spread }: PictureFacts, node: number) =>
  [spread.at[node]!, spread.at[node]! + spread.below[node]!] as const;

function looksOf(facts: PictureFacts, looks: PictureLooks, node: number): NodeLook {
  const { spread, places, born, visitors, labelOf } = facts;
  const generation = spread.generation[node]!;
  const base = smallest(places.radius) * (generation === 0 ? 1.8 : 1);
  const above = spread.parent[node] === -1 ? node : spread.parent[node]!;
  const [from, until] = runOf(facts, node);
  return {
    x: placeIn(facts, places.x[node]!),
    y: placeIn(facts, places.y[node]!),
    parentX: placeIn(facts, places.x[above]!),
    parentY: placeIn(facts, places.y[above]!),
    size: base * (1 + 0.6 * Math.log10(1 + visitors[node]!)),
    label: labelOf(node),
    color: looks.generations[Math.min(generation, looks.generations.length - 1)]!,
    revenueColor: looks.revenueOf(node),
    born: born[node]!,
    from,
    until,
  };
}

function graphOf(facts: PictureFacts, looks: PictureLooks): Graph {
  const graph = new Graph();
  for (let node = 0; node < facts.spread.size; node += 1) graph.addNode(node, looksOf(facts, looks, node));
  return graph;
}

/**
 * Draws a spread into a box of the page. `onChoose` hears which node was clicked, null beside all of them; `onLost` that
 * the graphics memory was taken away, after which the picture is to be closed.
 *
 * @throws where there is no WebGL.
 */
export function openPicture(
  box: HTMLElement,
  given: PictureFacts,
  first: PictureLooks,
  told: { onChoose: (node: number | null) => void; onLost: () => void },
) {
  let facts = given;
  const shown: Shown = {
    now: 1,
    isReplay: false,
    isByRevenue: false,
    branch: null,
    newFrom: 1,
    line: first.line,
    isMoving: false,
  };
  const { Spread: SpreadProgram, SpreadNodes } = programsFor(shown);
  let looks = first;
  const stage = document.createElement('div');
  stage.style.cssText = `position: absolute; inset: -${OVERLAP_PX}px`;
  box.append(stage);
  const sigma = new ShiftingSigma(graphOf(facts, looks), stage, {
    allowInvalidContainer: true,
    defaultNodeType: 'spread',
    nodeProgramClasses: { spread: SpreadProgram },
    nodeHoverProgramClasses: { spread: SpreadNodes },
    labelFont: getComputedStyle(box).fontFamily,
    labelSize: 12,
    labelRenderedSizeThreshold: 6,
    labelDensity: 0.3,
    stagePadding: OVERLAP_PX + 12,
    minCameraRatio: nearest(facts),
    maxCameraRatio: 2,
    enableCameraRotation: false,
    defaultDrawNodeLabel: (context, data, settings) => {
      const { born } = data as typeof data & NodeLook;
      if (shown.isMoving || born > shown.now || data.label === null) return;
      context.fillStyle = looks.ink;
      context.font = `${settings.labelSize}px ${settings.labelFont}`;
      context.fillText(data.label, data.x + data.size + 3, data.y + settings.labelSize / 3);
    },
    defaultDrawNodeHover: (context, data, settings) => {
      const text = data.label ?? '';
      context.font = `${settings.labelSize}px ${settings.labelFont}`;
      const width = context.measureText(text).width;
      const [x, y] = [Math.round(data.x + data.size + 4), Math.round(data.y)];
      context.fillStyle = looks.card;
      context.beginPath();
      context.roundRect(x - 4, y - 11, width + 8, 22, 6);
      context.fill();
      context.fillStyle = looks.ink;
      context.fillText(text, x, y + 4);
    },
  });

  box.dataset.nodes = String(facts.spread.size);
  // Places are from 0 to 1 already.
  sigma.setCustomBBox({ x: [0, 1], y: [0, 1] });
  const { nodes: _drawn, mouse, ...others } = sigma.getCanvases();
  // Without a graphics card each canvas costs some milliseconds of each frame, whatever is on it.
  mouse!.style.opacity = '0';
  const layers = (isShown: boolean) => {
    for (const [name, canvas] of Object.entries(others)) {
      canvas.style.display = isShown && name !== 'edges' && name !== 'edgeLabels' ? '' : 'none';
    }
  };
  layers(true);
  let rest: ReturnType<typeof setTimeout> | undefined;
  let newRest: ReturnType<typeof setTimeout> | undefined;
  sigma.mayShift = () => shown.isMoving;
  const camera = sigma.getCamera();
  camera.on('updated', () => {
    if (!shown.isMoving) layers(false);
    shown.isMoving = true;
    clearTimeout(rest);
    rest = setTimeout(() => {
      shown.isMoving = false;
      layers(true);
      sigma.scheduleRender();
    }, REST_MS);
  });
  sigma.on('clickNode', ({ node }) => told.onChoose(Number(node)));
  sigma.on('clickStage', () => told.onChoose(null));
  sigma.on('enterNode', () => box.style.setProperty('cursor', 'pointer'));
  sigma.on('leaveNode', () => box.style.removeProperty('cursor'));
  for (const canvas of Object.values(sigma.getCanvases())) canvas.addEventListener('webglcontextlost', told.onLost);

  return {
    /** How much of the spread's time has passed, 0 to 1. */
    setNow(now: number, isReplay: boolean) {
      Object.assign(shown, { now, isReplay });
      sigma.scheduleRender();
    },
    setByRevenue(isByRevenue: boolean) {
      shown.isByRevenue = isByRevenue;
      sigma.scheduleRender();
    },
    /** Lets one branch stand out; `isShown` moves the camera there. */
    choose(node: number | null, isShown: boolean) {
      shown.branch = node === null ? null : runOf(facts, node);
      sigma.scheduleRender();
      if (node === null || !isShown) return;
      const place = sigma.getNodeDisplayData(node);
      if (!place) return;
      const ratio = Math.max(LOOK_RATIO_MIN, Math.min(camera.ratio, 0.25));
      camera.animate({ x: place.x, y: place.y, ratio }, { duration: 2 * ZOOM_MS });
    },
    zoomIn: () => camera.animatedZoom({ factor: ZOOM, duration: ZOOM_MS }),
    zoomOut: () => camera.animatedUnzoom({ factor: ZOOM, duration: ZOOM_MS }),
    whole: () => camera.animatedReset({ duration: ZOOM_MS }),
    /** By a part of what is seen: 0.2 is a fifth of the box to the right, or down. */
    move(right: number, down: number) {
      const { x, y, ratio } = camera.getState();
      camera.setState({ x: x + right * ratio, y: y - down * ratio });
    },
    /** The theme has changed. */
    setLooks(next: PictureLooks) {
      looks = next;
      shown.line = next.line;
      sigma.getGraph().updateEachNodeAttributes((node) => looksOf(facts, next, Number(node)), {
        attributes: ['color', 'revenueColor'],
      });
    },
    /**
     * The same spread some time later. The camera goes on looking at what it looked at, before all at the `chosen` one,
     * which may have another place in the columns; what has come is larger for a moment.
     */
    grow(next: PictureFacts, nextLooks: PictureLooks, chosen: { was: number; is: number } | null) {
      const { x, y, ratio } = camera.getState();
      const isWhole = x === 0.5 && y === 0.5 && ratio === 1;
      const shrunk = (facts.places.radius + 1) / (next.places.radius + 1);
      const standing = (node: number | undefined) =>
        (node === undefined ? undefined : sigma.getNodeDisplayData(node)) ?? { x: 0.5, y: 0.5 };
      const before = standing(chosen?.was);
      shown.newFrom = next.born[facts.spread.size - 1] ?? 1;
      shown.branch = chosen === null ? null : runOf(next, chosen.is);
      shown.line = nextLooks.line;
      facts = next;
      looks = nextLooks;
      sigma.setSetting('minCameraRatio', nearest(next));
      sigma.setGraph(graphOf(next, looks));
      box.dataset.nodes = String(next.spread.size);
      if (!isWhole) {
        const now = standing(chosen?.is);
        camera.setState({
          x: now.x + (x - before.x) * shrunk,
          y: now.y + (y - before.y) * shrunk,
          ratio: ratio * shrunk,
        });
      }
      clearTimeout(newRest);
      newRest = setTimeout(() => {
        shown.newFrom = 1;
        sigma.scheduleRender();
      }, NEW_MS);
    },
    close() {
      clearTimeout(newRest);
      clearTimeout(rest);
      sigma.kill();
      stage.remove();
    },
  };
}
