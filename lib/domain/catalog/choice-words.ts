type Words = { readonly zh: string; readonly en: string };
type OptionLike = { readonly values: readonly { readonly id: string; readonly label: Words }[] };

/** What a SKU's chosen values are called, in both languages: `红 · XL`; empty for a product without options. */
export function choiceWords(choice: readonly string[], options: readonly OptionLike[]): { zh: string; en: string } {
  const labels = choice.flatMap((id, index) => {
    const label = options[index]?.values.find((value) => value.id === id)?.label;
    return label ? [label] : [];
  });
  return { zh: labels.map(({ zh }) => zh).join(' · '), en: labels.map(({ en }) => en).join(' · ') };
}
