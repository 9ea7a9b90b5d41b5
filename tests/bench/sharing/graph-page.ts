/*
 * The page of the graph bench, bundled for Chromium: fetches the columns as the studio does, draws them in one of three
 * ways, and pans for some seconds. What it saw stands in `window.seen`.
 */
import Graph from 'graphology';
import Sigma from 'sigma';
import { openPicture } from '../../../components/studio/graph/picture.ts';
import { placeSpread } from '../../../lib/domain/sharing/spread-layout.ts';
import { growSpread } from '../../../lib/domain/sharing/spread-tree.ts';
import type { GrownSpread } from '../../support/grow-columns.ts';

export type SeenGraph = { firstDrawMs: number; framesPerSecond: number; worstFrameMs: number; renderer: string };

const COLOURS = ['#d70022', '#c2410c', '#8a6508', '#0b7a5b', '#0e7490', '#1d4ed8', '#6d28d9', '#86198f'];
const PAN_MS = 4_000;
const box = document.querySelector<HTMLElement>('#box')!;

const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));

/** Waits until the graphics process has really drawn: a read of a pixel cannot be put off. */
function reallyDrawn(): void {
  for (const canvas of box.querySelectorAll('canvas')) {
    const gl = canvas.getContext('webgl2');
    if (gl) gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
    else canvas.getContext('2d')?.getImageData(0, 0, 1, 1);
  }
}

type Drawn = { panTo: (x: number, y: number) => void };

function ours(columns: GrownSpread): Drawn {
  const spread = growSpread(columns.parent);
  const last = Math.max(...columns.createdAt);
  const picture = openPicture(
    box,
    {
      spread,
      places: placeSpread(spread),
      born: Float64Array.from(columns.createdAt, (at) => at / last),
      visitors: columns.visitors,
      labelOf: (node) => `a${node.toString(16)}`,
    },
    {
      generations: COLOURS,
      revenueOf: (node) => (columns.revenueFen[node]! > 0 ? '#d70022' : '#a8958c'),
      line: [0.48, 0.4, 0.37, 0.25],
      ink: '#221815',
      card: '#ffffff',
    },
    { onChoose: () => {}, onLost: () => {} },
  );
  let [atX, atY] = [0, 0];
  return {
    panTo(x, y) {
      picture.move(x - atX, y - atY);
      [atX, atY] = [x, y];
    },
  };
}

/** What the library does when nobody tells it anything, with every label. */
function naive(columns: GrownSpread): Drawn {
  const spread = growSpread(columns.parent);
  const { x, y } = placeSpread(spread);
  const graph = new Graph();
  for (const node of spread.walk) {
    const color = COLOURS[Math.min(spread.generation[node]!, COLOURS.length - 1)]!;
    graph.addNode(node, { x: x[node], y: y[node], size: 2, label: `a${node.toString(16)}`, color });
  }
  for (const node of spread.walk) if (spread.parent[node] !== -1) graph.addEdge(spread.parent[node], node);
  const sigma = new Sigma(graph, box, { labelRenderedSizeThreshold: 0, labelDensity: 1_000, labelGridCellSize: 10 });
  const camera = sigma.getCamera();
  return { panTo: (right, down) => camera.setState({ x: 0.5 + right, y: 0.5 - down }) };
}

/** A drawing on a canvas without WebGL, all of it at each frame. */
function canvas(columns: GrownSpread): Drawn {
  const spread = growSpread(columns.parent);
  const { x, y, radius } = placeSpread(spread);
  const drawing = document.createElement('canvas');
  drawing.width = box.clientWidth;
  drawing.height = box.clientHeight;
  box.append(drawing);
  const context = drawing.getContext('2d')!;
  const scale = Math.min(drawing.width, drawing.height) / (2 * radius + 4);
  const draw = (right: number, down: number) => {
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, drawing.width, drawing.height);
    context.setTransform(scale, 0, 0, -scale, drawing.width * (0.5 - right), drawing.height * (0.5 - down));
    context.strokeStyle = '#7a665f40';
    context.lineWidth = 1 / scale;
    for (const node of spread.walk) {
      const above = spread.parent[node]!;
      if (above === -1) continue;
      context.beginPath();
      context.moveTo(x[above]!, y[above]!);
      context.lineTo(x[node]!, y[node]!);
      context.stroke();
    }
    for (const node of spread.walk) {
      context.fillStyle = COLOURS[Math.min(spread.generation[node]!, COLOURS.length - 1)]!;
      context.beginPath();
      context.arc(x[node]!, y[node]!, 1.5 / scale, 0, 2 * Math.PI);
      context.fill();
    }
  };
  draw(0, 0);
  return { panTo: draw };
}

async function pan({ panTo }: Drawn): Promise<Pick<SeenGraph, 'framesPerSecond' | 'worstFrameMs'>> {
  const begun = await frame();
  let [frames, worst, last] = [0, 0, begun];
  for (;;) {
    const at = await frame();
    worst = Math.max(worst, at - last);
    last = at;
    frames += 1;
    if (at - begun >= PAN_MS) return { framesPerSecond: (frames * 1_000) / (at - begun), worstFrameMs: worst };
    const turn = ((at - begun) / 1_000) * Math.PI;
    panTo(0.25 * Math.sin(turn), 0.25 * (1 - Math.cos(turn)));
  }
}

function rendererName(): string {
  const gl = document.createElement('canvas').getContext('webgl2');
  const info = gl?.getExtension('WEBGL_debug_renderer_info');
  return gl && info ? String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL)) : 'no WebGL';
}

const ways: Readonly<Record<string, (columns: GrownSpread) => Drawn>> = { ours, naive, canvas };

async function run(): Promise<SeenGraph> {
  const way = ways[new URLSearchParams(location.search).get('way') ?? ''];
  if (!way) throw new Error('Which way?');
  const columns = (await (await fetch('/columns.json')).json()) as GrownSpread;
  const drawn = way(columns);
  await frame();
  reallyDrawn();
  // Since the address was opened: scripts, answer, layout, picture.
  const firstDrawMs = performance.now();
  return { firstDrawMs, ...(await pan(drawn)), renderer: rendererName() };
}

run().then(
  (seen) => Object.assign(window, { seen }),
  (error: unknown) => Object.assign(window, { seen: { error: String(error) } }),
);
