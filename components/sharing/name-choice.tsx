import { useId } from 'react';

type NameChoiceProps = { label: string; isShown: boolean; onChange: (isShown: boolean) => void };

/** Whether the others see the name; nobody's is shown unless he says so. */
export function NameChoice({ label, isShown, onChange }: NameChoiceProps) {
  const id = useId();
  return (
    <label htmlFor={id} className="flex min-h-11 items-center gap-2 text-14">
      <input
        id={id}
        type="checkbox"
        checked={isShown}
        onChange={(event) => onChange(event.target.checked)}
        className="size-5 accent-lacquer"
      />
      {label}
    </label>
  );
}
