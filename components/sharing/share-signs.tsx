const drawings = {
  share: 'M12 14.5V3.5M8 7.5l4-4 4 4M5.5 12v7a1.5 1.5 0 0 0 1.5 1.5h10a1.5 1.5 0 0 0 1.5-1.5v-7',
  link: 'M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1',
  text: 'M5 4.5h14a1.5 1.5 0 0 1 1.5 1.5v9a1.5 1.5 0 0 1-1.5 1.5h-7l-4.5 4v-4H5A1.5 1.5 0 0 1 3.5 15V6A1.5 1.5 0 0 1 5 4.5zM8 9h8M8 12.5h5',
  poster: 'M5.5 3.5h13V20.5h-13zM8.5 6.5h7v6h-7zM8.5 15.5h3M8.5 17.8h2M14 15.5h1.5v2.3H14z',
} as const;

/** Of the sheet alone: the document’s own sprite does not carry them. Decoration; the words beside it say what it means. */
export function ShareSign({ name, className = 'size-5.5' }: { name: keyof typeof drawings; className?: string }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 24 24"
      className={className}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
    >
      <path strokeLinecap="round" strokeLinejoin="round" d={drawings[name]} />
    </svg>
  );
}
