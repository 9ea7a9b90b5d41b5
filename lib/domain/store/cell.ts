import { assert } from '../assert.ts';
import { distanceM, type Point } from './place.ts';

/*
 * Words used in this file:
 *
 * - cell:  a piece of the world of 0.045° of latitude by 0.05° of longitude: 5.0 km by 5.2 km in Hainan, 4.8 km in
 *          Shanghai, 3.4 km at the northern border. It is all that a phone says of where it is
 * - block: two by two cells; stores are published by block
 * - patch: an eighth of a cell each way, 626 m high and 410 m (northern border) to 660 m (Hainan) wide: all that the claim
 *          of a store's offer says of where a phone is
 *
 * The steps are the same everywhere, so that a cell's neighbours are plain arithmetic on the phone and on the server.
 */

const ROW_DEGREES = 0.045;
const COLUMN_DEGREES = 0.05;
const ROWS = 4_000;
const COLUMNS = 7_200;
const BLOCK = 2;
const PATCHES = 8;

/** `row-column`, counted from the south pole and from 180° west. */
export type CellId = string;
/** `row-column` of a block. */
export type BlockId = string;
/** `p` and `row-column`, counted as cells are. */
export type PatchId = string;

const CELL = /^(\d{1,4})-(\d{1,4})$/;
const PATCH = /^p(\d{1,5})-(\d{1,5})$/;

function partsOf(cell: CellId): { row: number; column: number } {
  const [, row, column] = CELL.exec(cell) ?? [];
  assert(row !== undefined && column !== undefined, `a cell is row-column, not ${cell}`);
  return { row: Number(row), column: Number(column) };
}

function idOf(row: number, column: number): CellId {
  return `${row}-${column}`;
}

/** Whether a text names a cell of the world. */
export function isCell(text: string): boolean {
  const [, row, column] = CELL.exec(text) ?? [];
  return row !== undefined && Number(row) < ROWS && Number(column) < COLUMNS && text === idOf(+row, Number(column));
}

/** The cell in which a point lies. */
export function cellOf({ lng, lat }: Point): CellId {
  // A hair's breadth keeps 0.045 × n in its own cell, which binary fractions would put into the one before.
  const row = Math.floor((lat + 90) / ROW_DEGREES + 1e-9);
  const column = Math.floor((lng + 180) / COLUMN_DEGREES + 1e-9);
  return idOf(Math.min(ROWS - 1, Math.max(0, row)), ((column % COLUMNS) + COLUMNS) % COLUMNS);
}

/** The middle of a cell. */
export function centreOf(cell: CellId): Point {
  const { row, column } = partsOf(cell);
  return { lat: (row + 0.5) * ROW_DEGREES - 90, lng: (column + 0.5) * COLUMN_DEGREES - 180 };
}

/** A cell and the cells that touch it: nine, six at a pole. Whatever is within 3 km of a point in China is in them. */
export function withNeighbours(cell: CellId): CellId[] {
  const { row, column } = partsOf(cell);
  const cells: CellId[] = [];
  for (let r = Math.max(0, row - 1); r <= Math.min(ROWS - 1, row + 1); r++) {
    for (const step of [-1, 0, 1]) cells.push(idOf(r, (column + step + COLUMNS) % COLUMNS));
  }
  return cells;
}

/** The block in which a cell lies. */
export function blockOf(cell: CellId): BlockId {
  const { row, column } = partsOf(cell);
  return idOf(Math.floor(row / BLOCK), Math.floor(column / BLOCK));
}

/** The blocks that hold a cell and its neighbours: never more than four. */
export function blocksAround(cell: CellId): BlockId[] {
  return [...new Set(withNeighbours(cell).map(blockOf))];
}

/** Metres from a point to the nearest edge of a block; 0 inside it. */
export function metresToBlock(block: BlockId, point: Point): number {
  const { row, column } = partsOf(block);
  const south = row * BLOCK * ROW_DEGREES - 90;
  const west = column * BLOCK * COLUMN_DEGREES - 180;
  const lat = Math.min(Math.max(point.lat, south), south + BLOCK * ROW_DEGREES);
  const lng = Math.min(Math.max(point.lng, west), west + BLOCK * COLUMN_DEGREES);
  return distanceM(point, { lng, lat });
}

/** The patch in which a point lies. */
export function patchOf({ lng, lat }: Point): PatchId {
  const row = Math.floor(((lat + 90) / ROW_DEGREES) * PATCHES + 1e-9);
  const column = Math.floor(((lng + 180) / COLUMN_DEGREES) * PATCHES + 1e-9);
  const columns = COLUMNS * PATCHES;
  return `p${Math.min(ROWS * PATCHES - 1, Math.max(0, row))}-${((column % columns) + columns) % columns}`;
}

/** Whether a text names a patch of the world. */
export function isPatch(text: string): boolean {
  const [, row, column] = PATCH.exec(text) ?? [];
  if (row === undefined || column === undefined) return false;
  return Number(row) < ROWS * PATCHES && Number(column) < COLUMNS * PATCHES && text === `p${+row}-${+column}`;
}

/** Metres from a point to the nearest edge of a patch; 0 inside it. */
export function metresToPatch(patch: PatchId, point: Point): number {
  const [, row, column] = PATCH.exec(patch) ?? [];
  assert(row !== undefined && column !== undefined, `a patch is p and row-column, not ${patch}`);
  const south = (Number(row) / PATCHES) * ROW_DEGREES - 90;
  const west = (Number(column) / PATCHES) * COLUMN_DEGREES - 180;
  const lat = Math.min(Math.max(point.lat, south), south + ROW_DEGREES / PATCHES);
  const lng = Math.min(Math.max(point.lng, west), west + COLUMN_DEGREES / PATCHES);
  return distanceM(point, { lng, lat });
}
