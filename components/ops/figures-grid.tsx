/** Numbers with what they count, in columns. */
export function FiguresGrid({ rows }: { rows: readonly (readonly [name: string, value: string])[] }) {
  return (
    <dl className="figures mt-3 grid grid-cols-3 gap-x-4 gap-y-1 border-line border-t pt-2 text-14 desk:grid-cols-6">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt className="text-12 text-ink-2">{name}</dt>
          <dd className="font-semibold">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
