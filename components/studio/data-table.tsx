'use client';

import { type ReactNode, useState } from 'react';
import { staffMessages } from '../../lib/messages/staff.ts';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { useMessages } from '../ui/locale.tsx';
import { Counted, type CountedWord } from './counted.tsx';

export type Column<Row> = {
  readonly head: string;
  readonly counted?: CountedWord;
  readonly cell: (row: Row) => ReactNode;
  /** A number: to the right, figures under figures; on a phone three beside each other. */
  readonly isFigure?: boolean;
  /** What can be done with the row: on a phone it says so itself. */
  readonly isAction?: boolean;
};

type DataTableProps<Row> = {
  /** What the table holds, for those who do not see it. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string | number;
  /** So many rows at first, the others when they are asked for; left out: all. */
  first?: number;
};

/** A table on a desk, a card for each row on a phone: the first cell is its heading. */
export function DataTable<Row>({ label, columns, rows, keyOf, first }: DataTableProps<Row>) {
  const words = useMessages(staffMessages);
  const [isWhole, setWhole] = useState(false);
  const shown = first === undefined || isWhole ? rows : rows.slice(0, first);
  return (
    <>
      <div className="rounded-card bg-card shadow-card desk:overflow-x-auto">
        <table aria-label={label} className="w-full text-14 max-desk:block">
          <thead className="max-desk:sr-only">
            <tr>
              {columns.map(({ head, counted, isFigure }) => (
                <th
                  key={head}
                  scope="col"
                  className={cx('px-3 py-2 font-medium text-ink-2', isFigure ? 'text-right' : 'text-left')}
                >
                  <span className="inline-flex items-center gap-1 whitespace-nowrap">
                    {head}
                    {counted && <Counted of={counted} name={head} />}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="max-desk:block">
            {shown.map((row) => (
              <tr
                key={keyOf(row)}
                className="border-line border-t max-desk:grid max-desk:grid-cols-3 max-desk:gap-x-3 max-desk:gap-y-1 max-desk:p-3"
              >
                {columns.map((column, index) => (
                  <Cell key={column.head} column={column} isFirst={index === 0}>
                    {column.cell(row)}
                  </Cell>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown.length < rows.length && (
        <Button look="quiet" size="s" wide className="mt-2" onClick={() => setWhole(true)}>
          {words.more}
        </Button>
      )}
    </>
  );
}

type CellProps = {
  column: { readonly head: string; readonly isFigure?: boolean; readonly isAction?: boolean };
  isFirst: boolean;
  children: ReactNode;
};

function Cell({ column: { head, isFigure, isAction }, isFirst, children }: CellProps) {
  const isNamed = !isFirst && !isAction;
  return (
    <td
      className={cx(
        'desk:px-3 desk:py-2',
        isFigure
          ? 'figures max-desk:flex max-desk:flex-col desk:text-right'
          : 'max-desk:col-span-3 max-desk:flex max-desk:justify-between max-desk:gap-3',
      )}
    >
      {isNamed && (
        <span aria-hidden="true" className={cx('text-ink-2 desk:hidden', isFigure && 'text-12')}>
          {head}
        </span>
      )}
      {children}
    </td>
  );
}
