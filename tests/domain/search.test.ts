import fc from 'fast-check';
import { expect, test } from 'vitest';
import { searchOver } from '../../lib/client/search.ts';
import type { Catalogue, Product } from '../../lib/contracts/catalog.ts';
import { isPrefixTerm, pinyinTermsOf, queryTermsOf, termsOf } from '../../lib/domain/catalog/search-terms.ts';
import { searchIndexOf, syllablesOf } from '../../server/publish/search-index.ts';

function product(handle: string, zh: string, en: string): Product {
  return {
    handle,
    categoryId: 'c',
    title: { zh, en },
    subtitle: { zh: '', en: '' },
    description: { zh: '', en: '' },
    attributes: [],
    options: [],
    pictures: [],
    skus: [],
  };
}

const GOODS = {
  publishedAt: 0,
  festival: { id: 'f', name: { zh: '', en: '' }, isDemo: false },
  categories: [{ id: 'c', name: { zh: '好物', en: 'Goods' }, picture: null }],
  sessions: [],
  products: [
    product('dress', '海风蓝收腰连衣裙', 'Sea-breeze waisted dress'),
    product('quilt', '100%桑蚕丝被', 'Pure mulberry silk quilt'),
    product('laptop', '14英寸轻薄笔记本', '14-inch light laptop'),
    product('coat', '女士羊毛大衣', 'Wool coat'),
    product('shirt', '条纹纯棉T恤', 'Striped cotton T-shirt'),
  ],
  previews: {},
} satisfies Catalogue;

test.each([
  ['连衣裙', 'dress'],
  ['裙', 'dress'],
  ['海风蓝 裙', 'dress'],
  ['lyq', 'dress'],
  ['LianYi', 'dress'],
  ['lian yi qun', 'dress'],
  ['waist', 'dress'],
  ['ｄｒｅｓｓ', 'dress'],
  ['蚕丝', 'quilt'],
  ['csb', 'quilt'],
  ['cansi', 'quilt'],
  ['mulbery', 'quilt'],
  ['14英寸', 'laptop'],
  ['笔记本', 'laptop'],
  ['bjb', 'laptop'],
  ['nvshi', 'coat'],
  ['T恤', 'shirt'],
])('"%s" finds the %s first', async (query, handle) => {
  const search = await searchOver(searchIndexOf(GOODS).rows);
  expect(search(query)[0]).toBe(handle);
});

test('Words that are in no product find nothing, and an empty query finds everything', async () => {
  const search = await searchOver(searchIndexOf(GOODS).rows);
  expect(search('自行车')).toEqual([]);
  expect(search('zxc')).toEqual([]);
  expect(search('连衣 笔记')).toEqual([]);
  expect(search('  ')).toEqual(['dress', 'quilt', 'laptop', 'coat', 'shirt']);
});

const han = fc.string({ unit: fc.integer({ min: 0x4e00, max: 0x4fff }).map((code) => String.fromCodePoint(code)) });

test('Every piece of a Chinese name is found by what its query asks for', () => {
  fc.assert(
    fc.property(han, fc.nat(), fc.integer({ min: 1, max: 6 }), (name, from, length) => {
      const piece = [...name]
        .slice(from % (name.length + 1))
        .slice(0, length)
        .join('');
      const terms = termsOf(name);
      for (const asked of queryTermsOf(piece)) {
        expect(terms.some((term) => (isPrefixTerm(asked) ? term.startsWith(asked) : term === asked))).toBe(true);
      }
    }),
  );
});

test('From every syllable on, the spelling and the initials begin a term', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 1, maxLength: 12 }), fc.nat(), (all, at) => {
      const rest = all.slice(at % all.length);
      const terms = pinyinTermsOf(all.join(' '));
      const initials = rest.map((syllable) => syllable[0]).join('');
      expect(terms.some((term) => term.startsWith(rest.slice(0, 4).join('')))).toBe(true);
      expect(terms.some((term) => term.startsWith(initials.slice(0, 8)))).toBe(true);
    }),
  );
});

test('Pinyin is of the Chinese runs only, with ü written as people type it', () => {
  expect(syllablesOf('14英寸T恤 dress')).toBe('ying cun|xu');
  expect(syllablesOf('女绿')).toBe('nv lv');
});
