import { close, type DemoCategory, flavour, front, pack, pattern, stage, value } from './content.ts';

export const food: DemoCategory = {
  id: 'food',
  name: ['美食', 'Food'],
  art: 'strawberry',
  code: 'FO',
  products: [
    {
      handle: 'chaoyang-hairy-crab',
      art: 'crab',
      title: ['「朝阳湾」大闸蟹礼盒', 'Chaoyang Bay hairy crabs, gift box'],
      subtitle: ['活蟹发货，一只不活赔一只', 'Sent alive; one for one if not'],
      description: [
        '十一月正是公蟹膏满的时候。清晨起网，当天下午装箱，冰袋加氧，二十四小时内到。收到请先放在阴凉处，附蟹剪、姜醋和蒸煮时间卡。',
        'November is when the males are full. Netted at dawn, boxed with ice and oxygen in the afternoon, at your door within a day. Scissors, ginger vinegar and a card with steaming times are inside.',
      ],
      attributes: [
        ['送达', 'Arrives', '24 小时内，活蟹', 'Within 24 hours, alive'],
        ['产地', 'From', '自营湖区', 'Our own lake'],
        ['保存', 'Keep', '5–10℃ 冷藏，3 天内食用', 'At 5–10 °C, within 3 days'],
      ],
      options: [
        pack(
          value('six', '6 只 · 公 4 两母 3 两', 'Six (♂ 200 g, ♀ 150 g)'),
          value('eight', '8 只 · 公 4 两母 3 两', 'Eight (♂ 200 g, ♀ 150 g)'),
          value('ten', '10 只 · 公 5 两母 4 两', 'Ten (♂ 250 g, ♀ 200 g)'),
        ),
      ],
      skus: [
        ['six', 238, 260],
        ['eight', 298, 320],
        ['ten', 468, 120],
      ],
      pictures: [front('paper'), stage('lacquer'), close('honey')],
      history: 'dip',
      limit: 5,
    },
    {
      handle: 'xiangxian-tangerines',
      art: 'tangerine',
      title: ['「巷弦」沙糖桔 带叶鲜果', 'Xiangxian sugar tangerines, leaves on'],
      subtitle: ['皮薄，一剥就开', 'Thin skin that opens at once'],
      description: [
        '树上挂到发红才剪，带一片叶子，所以放得久。甜度十四度上下，酸得很轻。坏一颗，拍照赔一斤。',
        'Left on the tree until they turn red, and cut with a leaf so that they keep. About fourteen degrees of sugar and very little acid. One bad fruit, one photo, half a kilo back.',
      ],
      attributes: [
        ['甜度', 'Sugar', '约 14 °Brix', 'About 14 °Brix'],
        ['单果', 'Each', '35–50 克', '35–50 g'],
        ['保存', 'Keep', '阴凉通风 10 天', 'Cool and airy, 10 days'],
      ],
      options: [pack(value('kg25', '2.5 千克', '2.5 kg'), value('kg5', '5 千克', '5 kg'))],
      skus: [
        ['kg25', 29.9, 1500],
        ['kg5', 52.9, 900],
      ],
      pictures: [front('honey'), pattern('peach'), close('jade')],
      history: 'steady',
      limit: 10,
    },
    {
      handle: 'dongdong-bubble-tea',
      art: 'bubble-tea',
      title: ['「咚咚」手摇珍珠奶茶 杯装', 'Dongdong bubble tea, by the cup'],
      subtitle: ['真茶叶，自己摇', 'Real leaves, shaken by you'],
      description: [
        '茶包、鲜奶冻干块和黑糖珍珠分开装，开水泡三分钟，加冰摇一摇就好。不含植脂末。每杯糖十二克，也可以只放半包。',
        'Tea bag, freeze-dried milk and brown-sugar pearls come apart: three minutes in hot water, ice, and shake. No creamer. Twelve grams of sugar a cup, or use half the sachet.',
      ],
      attributes: [
        ['每杯', 'A cup', '可冲 400 毫升', 'Makes 400 ml'],
        ['过敏原', 'Allergens', '乳制品', 'Milk'],
        ['保质期', 'Keeps for', '9 个月', '9 months'],
      ],
      options: [
        flavour(
          value('oolong', '炭焙乌龙', 'Roasted oolong'),
          value('jasmine', '茉莉绿茶', 'Jasmine green'),
          value('mixed', '两味各半', 'Half and half'),
        ),
      ],
      skus: [
        ['oolong', 59.9, 600],
        ['jasmine', 59.9, 640],
        ['mixed', 59.9, 800],
      ],
      pictures: [front('peach'), stage('sand'), pattern('rose')],
      history: 'dip',
      limit: 6,
    },
    {
      handle: 'fengtian-honey',
      art: 'honey-pot',
      title: ['「蜂田」秋桂蜜 陶罐装', 'Fengtian autumn osmanthus honey in clay'],
      subtitle: ['一年只收一次', 'Taken once a year'],
      description: [
        '桂花开的二十天里收的成熟蜜，水分在百分之十八以下，勺子挑起来能拉丝。天冷会结晶，四十度温水化开就好。一岁以下请不要吃。',
        'Ripe honey from the twenty days when the osmanthus blooms; under eighteen per cent water, so it draws a thread from the spoon. It sets in the cold: warm water of forty degrees brings it back. Not for babies under one.',
      ],
      attributes: [
        ['花源', 'Flower', '野桂花', 'Wild osmanthus'],
        ['水分', 'Water', '≤ 18%', '≤ 18%'],
        ['保质期', 'Keeps for', '24 个月', '24 months'],
      ],
      options: [pack(value('g500', '500 克', '500 g'), value('g1000', '500 克 × 2 罐', '2 × 500 g'))],
      skus: [
        ['g500', 88, 240],
        ['g1000', 166, 130],
      ],
      pictures: [stage('honey'), front('paper'), pattern('peach')],
      history: 'steady',
    },
    {
      handle: 'yunduo-strawberry-cake',
      art: 'shortcake',
      title: ['「云朵」草莓奶油蛋糕', 'Yunduo strawberry cream cake'],
      subtitle: ['当天做，冷链送，不过夜', 'Made today, sent cold, gone by night'],
      description: [
        '戚风胚，动物奶油，中间两层夹的是切开的草莓，不是果酱。甜度调低了三成，老人也吃得下一块。下单后第二天上午做，下午送。',
        'Chiffon sponge and dairy cream with two layers of cut strawberries, not jam. Three tenths less sugar than usual. Made the morning after you order and brought in the afternoon.',
      ],
      attributes: [
        ['配料', 'Made of', '鸡蛋、面粉、动物奶油、草莓', 'Eggs, flour, cream, strawberries'],
        ['过敏原', 'Allergens', '蛋、奶、麸质', 'Egg, milk, gluten'],
        ['保存', 'Keep', '冷藏，24 小时内食用', 'Chilled, within 24 hours'],
      ],
      options: [
        pack(
          value('slice', '切块 2 份', 'Two slices'),
          value('inch6', '6 英寸', '15 cm, whole'),
          value('inch8', '8 英寸', '20 cm, whole'),
        ),
      ],
      skus: [
        ['slice', 39, 120],
        ['inch6', 158, 60],
        ['inch8', 228, 40],
      ],
      pictures: [stage('rose'), front('paper'), close('peach')],
      history: 'steady',
    },
    {
      handle: 'baobao-frozen-dumplings',
      art: 'dumpling',
      title: ['「包包」手工鲜肉水饺', 'Baobao hand-folded pork dumplings'],
      subtitle: ['皮比纸厚一点，馅比皮多三倍', 'Three times more filling than skin'],
      description: [
        '前腿肉和大白菜，肉看得见颗粒。皮只有面粉和水，当天和面当天包。水开下锅，点两次凉水，八分钟。',
        'Shoulder of pork with cabbage, minced so that you can see it. The skin is flour and water, kneaded and folded on the same day. Into boiling water, cold water twice, eight minutes.',
      ],
      attributes: [
        ['净含量', 'Net weight', '每袋 800 克，约 40 只', '800 g a bag, about 40'],
        ['过敏原', 'Allergens', '麸质、大豆', 'Gluten, soy'],
        ['保存', 'Keep', '−18℃，12 个月', '−18 °C, 12 months'],
      ],
      options: [
        flavour(value('cabbage', '猪肉白菜', 'Pork and cabbage'), value('leek', '猪肉韭菜', 'Pork and leek')),
        pack(value('one', '1 袋', 'One bag'), value('three', '3 袋', 'Three bags')),
      ],
      skus: [
        ['cabbage/one', 36, 500],
        ['cabbage/three', 99, 300],
        ['leek/one', 36, 400],
        ['leek/three', 99, 260],
      ],
      pictures: [front('sand'), pattern('jade'), close('honey')],
      history: 'steady',
    },
    {
      handle: 'kekeling-dark-chocolate',
      art: 'chocolate-bar',
      title: ['「可可岭」72% 黑巧克力', 'Kekeling 72% dark chocolate'],
      subtitle: ['只有可可和糖', 'Cocoa and sugar, and that is all'],
      description: [
        '单一产区可可豆，从烘焙到成型都在一间屋子里做。研磨了六十小时，入口是丝的。先有坚果味，后有一点红果的酸。',
        'Beans of one valley, roasted, ground and moulded under one roof. Sixty hours of grinding make it silk. Nuts come first, and then a little red fruit.',
      ],
      attributes: [
        ['可可', 'Cocoa', '72%', '72%'],
        ['净含量', 'Net weight', '每块 70 克', '70 g a bar'],
        ['过敏原', 'Allergens', '可能含奶、坚果', 'May contain milk and nuts'],
      ],
      options: [pack(value('three', '3 块', 'Three bars'), value('six', '6 块', 'Six bars'))],
      skus: [
        ['three', 78, 300],
        ['six', 148, 180],
      ],
      pictures: [front('lilac'), close('lacquer'), pattern('sand')],
      history: 'dip',
    },
    {
      handle: 'maituan-butter-cookies',
      art: 'cookie',
      title: ['「麦团」巧克力豆曲奇', 'Maituan chocolate-chip cookies'],
      subtitle: ['掰开有声音', 'They snap'],
      description: [
        '黄油占三成，外圈脆，中间略软。巧克力豆是切的，不是滴的，大小不一样。铁罐装，吃完可以放针线。',
        'Three tenths butter: crisp at the rim and a little soft within. The chocolate is chopped, not dropped, so no two pieces match. In a tin that will hold your needles afterwards.',
      ],
      attributes: [
        ['净含量', 'Net weight', '每罐 320 克', '320 g a tin'],
        ['过敏原', 'Allergens', '麸质、奶、蛋、大豆', 'Gluten, milk, egg, soy'],
        ['保质期', 'Keeps for', '4 个月', '4 months'],
      ],
      options: [pack(value('one', '1 罐', 'One tin'), value('two', '2 罐', 'Two tins'))],
      skus: [
        ['one', 49.9, 700],
        ['two', 95, 320],
      ],
      pictures: [front('honey'), pattern('lacquer'), close('peach')],
      history: 'steady',
    },
    {
      handle: 'yiwan-beef-noodles',
      art: 'steaming-bowl',
      title: ['「一碗」牛肉汤面 鲜煮装', 'Yiwan beef noodles to cook fresh'],
      subtitle: ['汤是牛骨熬的，不是粉冲的', 'Broth from bones, not from powder'],
      description: [
        '鲜面、原汤、牛肉片和辣油各一包，煮四分钟就是一碗。汤熬了八小时，冷藏会凝成冻。辣油单独装，不吃辣的不放。',
        'Fresh noodles, broth, sliced beef and chilli oil, each in its bag: four minutes and it is a bowl. The broth cooked for eight hours and sets when cold. The chilli comes apart, for those who would rather not.',
      ],
      attributes: [
        ['每份', 'A serving', '约 520 克', 'About 520 g'],
        ['过敏原', 'Allergens', '麸质', 'Gluten'],
        ['保存', 'Keep', '冷藏 15 天', 'Chilled, 15 days'],
      ],
      options: [pack(value('four', '4 份', 'Four servings'), value('eight', '8 份', 'Eight servings'))],
      skus: [
        ['four', 69, 350],
        ['eight', 129, 200],
      ],
      pictures: [front('rose'), stage('paper'), close('sand')],
      history: 'quiet',
    },
    {
      handle: 'heitu-new-rice',
      art: 'cooked-rice',
      title: ['「黑土」当季新米', 'Heitu rice of this year'],
      subtitle: ['收割到发货，不超过三十天', 'From field to door within thirty days'],
      description: [
        '今年十月收的圆粒米，现磨现发，袋上写着碾米日期。煮出来有油光，凉了不硬，捏饭团刚好。真空小砖，一砖正好煮一锅。',
        'Round-grain rice cut this October and milled when you order; the date is on the bag. It shines when cooked and stays soft when cold, as a rice ball should. In vacuum bricks: one brick, one pot.',
      ],
      attributes: [
        ['品种', 'Kind', '圆粒粳米', 'Round-grain japonica'],
        ['等级', 'Grade', '一级', 'First grade'],
        ['保质期', 'Keeps for', '真空 12 个月', '12 months in vacuum'],
      ],
      options: [
        pack(
          value('kg5', '5 千克（10 砖）', '5 kg (10 bricks)'),
          value('kg10', '10 千克（20 砖）', '10 kg (20 bricks)'),
        ),
      ],
      skus: [
        ['kg5', 65, 800],
        ['kg10', 119, 500],
      ],
      pictures: [stage('paper'), front('jade'), pattern('sand')],
      history: 'lowered',
    },
    {
      handle: 'qiuli-roast-chestnuts',
      art: 'chestnut',
      title: ['「秋砾」甘栗仁 开袋即食', 'Qiuli peeled chestnuts, ready to eat'],
      subtitle: ['已经替你剥好了', 'Peeled for you'],
      description: [
        '当年板栗，去壳去衣再蒸熟，没有加糖。颗颗完整，碎的我们自己吃了。小包一次一袋，放在大衣口袋里正好。',
        'Chestnuts of this year, shelled, skinned and steamed, with no sugar added. Whole ones only; we ate the broken. A small bag is one walk’s worth and fits a coat pocket.',
      ],
      attributes: [
        ['净含量', 'Net weight', '每袋 80 克', '80 g a bag'],
        ['配料', 'Made of', '板栗', 'Chestnuts'],
        ['保质期', 'Keeps for', '8 个月', '8 months'],
      ],
      options: [pack(value('five', '5 袋', 'Five bags'), value('ten', '10 袋', 'Ten bags'))],
      skus: [
        ['five', 35.9, 600],
        ['ten', 66.9, 400],
      ],
      pictures: [front('peach'), pattern('honey'), stage('sand')],
      history: 'steady',
    },
  ],
};
