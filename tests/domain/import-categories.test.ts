import { expect, test } from 'vitest';
import { isArt } from '../../server/publish/images.ts';
import { categoryOf } from '../../server/publish/import/categories.ts';

test.each([
  ['Apparel & Accessories > Clothing > Shirts', 'apparel', '服饰'],
  ['Home > Women > Dresses', 'women', 'Women'],
  ['首页 > 餐厨', 'kitchen-and-dining', '餐厨'],
  ['166', 'apparel', '服饰'],
  ['5388', 'other', '其他'],
  ['', 'other', '其他'],
  ['居家', 'home-living', '居家'],
  ['Shoes', 'shoes', '鞋靴'],
  ['women', 'women', 'women'],
])('“%s” is the category %s', (written, id, zh) => {
  const wish = categoryOf(written);
  expect(wish.name.zh).toBe(zh);
  expect(wish.id).toBe(id);
});

test('every category of the tables has a drawing that exists', () => {
  const names = [
    'Animals & Pet Supplies',
    'Electronics',
    'Vehicles & Parts',
    'Software',
    'Media',
    'Mature',
    'Hardware',
    'Office Supplies',
    'Arts & Entertainment',
    'Business & Industrial',
    'Religious & Ceremonial',
    'Baby & Toddler',
    'Toys & Games',
    'Sporting Goods',
    'Home & Garden',
    'Luggage & Bags',
    'Health & Beauty',
    'Furniture',
    'Food, Beverages & Tobacco',
    'Cameras & Optics',
    'Apparel & Accessories',
    '女装',
    '男装',
    '童装',
    '服装',
    '内衣',
    '鞋靴',
    '女包',
    '配件',
    '手表',
    '美妆',
    '个护',
    '洗护',
    '清洁',
    '居家',
    '家纺',
    '餐厨',
    '厨房',
    '饮食',
    '零食',
    '生鲜',
    '水果',
    '茶叶',
    '数码',
    '手机',
    '电脑',
    '家电',
    '运动',
    '户外',
    '婴童',
    '玩具',
    '文具',
    '花卉',
    '礼品',
    '杂货',
    '志趣',
    '',
  ];
  const lacking = names.filter((name) => !isArt(categoryOf(name).art ?? 'none'));
  expect(lacking).toEqual([]);
});
