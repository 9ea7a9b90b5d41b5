import { cx } from './cx.ts';

const widths = [200, 400, 800] as const;

type PictureProps = {
  /** `${path}-${200|400|800}.{avif,webp}` are there since the publish; null draws the plate alone. */
  path: string | null;
  /** The plate's colour, seen before the picture is there. */
  color?: string;
  alt: string;
  /** How wide it is drawn, as in `<img sizes>`. */
  sizes: string;
  /** The first pictures on a screen are fetched at once, and are there when the page is painted first. */
  eager?: boolean;
  className?: string;
};

/** A square picture in AVIF or WebP on its plate; the box is final before a byte has come. */
export function Picture({ path, color, alt, sizes, eager, className }: PictureProps) {
  const box = cx('aspect-square w-full object-cover', className);
  if (path === null) return <span className={cx('block bg-lacquer-soft', box)} role="img" aria-label={alt} />;
  const sourceSet = (format: string) => widths.map((width) => `${path}-${width}.${format} ${width}w`).join(', ');
  return (
    <picture className="contents">
      <source type="image/avif" srcSet={sourceSet('avif')} sizes={sizes} />
      <img
        src={`${path}-400.webp`}
        srcSet={sourceSet('webp')}
        sizes={sizes}
        alt={alt}
        width={400}
        height={400}
        decoding={eager ? 'sync' : 'async'}
        loading={eager ? 'eager' : 'lazy'}
        fetchPriority={eager ? 'high' : undefined}
        style={{ backgroundColor: color }}
        className={box}
      />
    </picture>
  );
}
