import { close, colour, colours, type DemoCategory, dye, front, pattern, size, stage } from './content.ts';

export const fashion: DemoCategory = {
  id: 'fashion',
  name: ['服饰', 'Fashion'],
  art: 'womans-clothes',
  code: 'FA',
  products: [
    {
      handle: 'qingchuan-linen-dress',
      art: 'dress',
      title: ['「晴川」亚麻混纺收腰连衣裙', 'Qingchuan fit-and-flare linen-blend dress'],
      subtitle: ['一条裙子，从通勤穿到周末', 'One dress from the office to the weekend'],
      description: [
        '五成五亚麻配四成五棉，洗过两次之后会越来越软。腰线提高两厘米，裙摆用了整圈斜裁，走起来有风。两侧都有真口袋，放得下手机。',
        'Fifty-five per cent linen and forty-five cotton, softer after every wash. The waist sits two centimetres high and the skirt is cut on the bias all the way round, so it moves when you do. Real pockets on both sides, deep enough for a phone.',
      ],
      attributes: [
        ['面料', 'Fabric', '亚麻 55%，棉 45%', '55% linen, 45% cotton'],
        ['裙长', 'Length', '108 厘米（M 码）', '108 cm (size M)'],
        ['口袋', 'Pockets', '两侧隐形口袋', 'Two, hidden in the seams'],
        ['洗涤', 'Care', '冷水机洗，平铺晾干', 'Cold machine wash, dry flat'],
      ],
      options: [
        colour(
          dye('sea', '海盐蓝', 'Sea-salt blue', '#3A88EE'),
          dye('camellia', '山茶红', 'Camellia red', '#E0665E', { hue: 110 }),
          dye('pine', '松针绿', 'Pine green', '#00A088', { hue: -100 }),
        ),
        size('M', 'L'),
      ],
      skus: [
        ['sea/m', 299, 180],
        ['sea/l', 299, 160],
        ['camellia/m', 299, 120],
        ['pine/l', 299, 90],
      ],
      pictures: [front('rose'), colours('sand'), stage('mist')],
      history: 'dip',
    },
    {
      handle: 'yannan-wool-coat',
      art: 'coat',
      title: ['「雁南」双面羊毛短大衣', 'Yannan double-faced wool short coat'],
      subtitle: ['手工双面缝，不起里布的轻', 'Hand-stitched double face, light without a lining'],
      description: [
        '两层羊毛呢用手工暗针合在一起，没有里布，所以比看上去轻三成。肩线自然落下，里面可以叠一件厚毛衣。备用纽扣缝在内侧标下面。',
        'Two layers of wool joined by hand with hidden stitches; with no lining it weighs a third less than it looks. The shoulder drops naturally and leaves room for a thick jumper. Spare buttons are sewn under the inside label.',
      ],
      attributes: [
        ['面料', 'Fabric', '绵羊毛 92%，羊绒 8%', '92% wool, 8% cashmere'],
        ['克重', 'Weight', '呢面 620 克/平方米', '620 g/m² cloth'],
        ['衣长', 'Length', '72 厘米（M 码）', '72 cm (size M)'],
        ['洗涤', 'Care', '只可干洗', 'Dry clean only'],
      ],
      options: [
        colour(
          dye('camel', '驼色', 'Camel', '#EDBF88'),
          dye('oat', '燕麦灰', 'Oat grey', '#CFCAC3', { saturation: 0.16 }),
          dye('cocoa', '可可棕', 'Cocoa', '#94703E', { brightness: 0.62 }),
        ),
        size('M', 'L'),
      ],
      skus: [
        ['camel/m', 1280, 60],
        ['camel/l', 1280, 48],
        ['oat/m', 1280, 36],
        ['cocoa/l', 1280, 24],
      ],
      pictures: [front('paper'), colours('mist'), close('sand')],
      history: 'lowered',
    },
    {
      handle: 'changqiao-straight-jeans',
      art: 'jeans',
      title: ['「长桥」直筒水洗牛仔裤', 'Changqiao straight washed jeans'],
      subtitle: ['不紧、不宽，刚好够蹲下', 'Neither tight nor wide: room to crouch'],
      description: [
        '十二盎司棉，掺了百分之二的弹力，坐一天膝盖不鼓包。臭氧水洗，比传统水洗少用一半的水。裤脚多留了六厘米，翻起来也好看。',
        'Twelve-ounce cotton with two per cent stretch, so the knees stay flat after a day at a desk. Washed with ozone, which takes half the water of the usual way. Six spare centimetres at the hem look good turned up, too.',
      ],
      attributes: [
        ['面料', 'Fabric', '棉 98%，氨纶 2%', '98% cotton, 2% elastane'],
        ['厚度', 'Weight', '12 盎司', '12 oz'],
        ['版型', 'Cut', '中腰直筒', 'Mid-rise, straight'],
      ],
      options: [
        colour(
          dye('river', '河蓝', 'River blue', '#55A5F5'),
          dye('indigo', '原色靛', 'Raw indigo', '#0D5496', { brightness: 0.6, saturation: 0.8 }),
        ),
        size('29', '31'),
      ],
      skus: [
        ['river/29', 239, 200],
        ['river/31', 239, 220],
        ['indigo/29', 259, 140],
        ['indigo/31', 259, 130],
      ],
      pictures: [front('mist'), colours('paper'), pattern('sand')],
      history: 'steady',
    },
    {
      handle: 'maixiang-straw-hat',
      art: 'womans-hat',
      title: ['「麦巷」手编宽檐草帽', 'Maixiang hand-woven wide-brim hat'],
      subtitle: ['可以卷起来放进包里', 'Rolls up into a bag'],
      description: [
        '用拉菲草手工编成，一顶要编六个小时。帽檐八厘米，里圈有可调的棉绳，风大也不跑。卷着放一周，喷点水就恢复。',
        'Woven by hand from raffia, six hours a hat. The brim is eight centimetres wide and a cotton cord inside keeps it on in the wind. Rolled up for a week, it comes back with a little water.',
      ],
      attributes: [
        ['材质', 'Material', '拉菲草，棉质缎带', 'Raffia, cotton ribbon'],
        ['帽檐', 'Brim', '8 厘米', '8 cm'],
        ['头围', 'Fits', '56–59 厘米，可调', '56–59 cm, adjustable'],
      ],
      options: [size('S', 'M')],
      skus: [
        ['s', 128, 70],
        ['m', 128, 110],
      ],
      pictures: [front('honey'), stage('rose'), pattern('paper')],
      history: 'quiet',
    },
    {
      handle: 'banmu-tote-bag',
      art: 'handbag',
      title: ['「半亩」头层牛皮手提包', 'Banmu full-grain leather handbag'],
      subtitle: ['装得下十四寸电脑和一把伞', 'Takes a fourteen-inch laptop and an umbrella'],
      description: [
        '植鞣头层牛皮，边缘手工打磨上蜡，用久了颜色会慢慢变深。里面分三格，中格带拉链，底部有五颗铜钉。附防尘袋和一小罐皮革膏。',
        'Vegetable-tanned full-grain leather with hand-waxed edges; the colour deepens slowly as you use it. Three compartments, the middle one zipped, and five brass feet below. Comes with a dust bag and a small tin of leather balm.',
      ],
      attributes: [
        ['材质', 'Material', '植鞣头层牛皮', 'Vegetable-tanned full-grain leather'],
        ['尺寸', 'Size', '36 × 27 × 14 厘米', '36 × 27 × 14 cm'],
        ['重量', 'Weight', '860 克', '860 g'],
        ['五金', 'Hardware', '实心黄铜', 'Solid brass'],
      ],
      options: [
        colour(
          dye('oat', '燕麦棕', 'Oat brown', '#D3A792'),
          dye('wine', '酒红', 'Wine', '#A4505F', { hue: -38, saturation: 1.7, brightness: 0.7 }),
          dye('moss', '苔绿', 'Moss', '#A3BB8E', { hue: 75 }),
        ),
      ],
      skus: [
        ['oat', 699, 45],
        ['wine', 699, 30],
        ['moss', 699, 9],
      ],
      pictures: [stage('peach'), colours('paper'), close('rose')],
      history: 'dip',
    },
    {
      handle: 'fenghe-block-heel',
      art: 'high-heeled-shoe',
      title: ['「风荷」小羊皮高跟鞋', 'Fenghe kidskin heels'],
      subtitle: ['六厘米，站三个小时不求饶', 'Six centimetres that you can stand in for three hours'],
      description: [
        '前掌垫了四毫米慢回弹棉，鞋跟重心往前收了半厘米，所以走起来稳。鞋面是整张小羊皮，不贴膜。鞋底已经贴好防滑片。',
        'Four millimetres of slow foam under the ball of the foot, and a heel set half a centimetre forward, make it steady to walk in. The upper is one piece of uncoated kidskin. The anti-slip sole is already on.',
      ],
      attributes: [
        ['鞋面', 'Upper', '小羊皮', 'Kidskin'],
        ['跟高', 'Heel', '6 厘米', '6 cm'],
        ['内里', 'Lining', '猪皮', 'Pigskin'],
      ],
      options: [
        colour(
          dye('ruby', '石榴红', 'Pomegranate', '#E3134F'),
          dye('black', '墨黑', 'Ink black', '#3A3537', { saturation: 0.05, brightness: 0.45 }),
        ),
        size('36', '37'),
      ],
      skus: [
        ['ruby/36', 459, 50],
        ['ruby/37', 459, 64],
        ['black/36', 459, 40],
        ['black/37', 459, 58],
      ],
      pictures: [front('rose'), colours('sand'), stage('lacquer')],
      history: 'steady',
    },
    {
      handle: 'xuexian-cashmere-scarf',
      art: 'scarf',
      title: ['「雪线」羊绒长围巾', 'Xuexian long cashmere scarf'],
      subtitle: ['一百八十厘米，够绕两圈', 'One hundred and eighty centimetres: twice round'],
      description: [
        '选用十五微米以内的山羊绒，贴着脖子也不扎。两端是手工捻的流苏，不会越扯越短。附一枚雪松木片，收纳时防虫。',
        'Goat cashmere finer than fifteen microns: nothing scratches. The tassels are twisted by hand and do not shrink with the years. A slip of cedar wood comes with it, against moths.',
      ],
      attributes: [
        ['材质', 'Material', '山羊绒 100%', '100% cashmere'],
        ['尺寸', 'Size', '180 × 32 厘米', '180 × 32 cm'],
        ['洗涤', 'Care', '冷水手洗或干洗', 'Cold hand wash or dry clean'],
      ],
      options: [
        colour(
          dye('lacquer', '漆红', 'Lacquer red', '#E8163C'),
          dye('lake', '湖蓝', 'Lake blue', '#0A84E0', { hue: -110, saturation: 0.8 }),
          dye('ash', '烟灰', 'Ash', '#8D8A8B', { saturation: 0.04, brightness: 1.1 }),
        ),
      ],
      skus: [
        ['lacquer', 399, 140],
        ['lake', 399, 80],
        ['ash', 399, 90],
      ],
      pictures: [front('paper'), colours('mist'), close('honey')],
      history: 'dip',
    },
    {
      handle: 'yuanhang-sunglasses',
      art: 'sunglasses',
      title: ['「远航」偏光太阳镜', 'Yuanhang polarised sunglasses'],
      subtitle: ['二十一克，戴着像没戴', 'Twenty-one grams: you forget it'],
      description: [
        '尼龙偏光片去掉水面和车窗的反光，透光率百分之十四，开车也合适。镜腿里有钛芯，可以按耳朵弯。附硬盒和镜布。',
        'Nylon polarised lenses take the glare off water and windscreens; fourteen per cent of the light comes through, fit for driving. A titanium core lets you bend the arms to your ears. Hard case and cloth included.',
      ],
      attributes: [
        ['镜片', 'Lenses', '尼龙偏光，UV400', 'Polarised nylon, UV400'],
        ['重量', 'Weight', '21 克', '21 g'],
        ['镜宽', 'Width', '143 毫米', '143 mm'],
      ],
      options: [
        colour(
          dye('night', '夜紫', 'Night violet', '#3A2458'),
          dye('tea', '茶色', 'Tea', '#5A3A1E', { hue: 120, saturation: 0.7, brightness: 1.1 }),
        ),
      ],
      skus: [
        ['night', 219, 160],
        ['tea', 219, 120],
      ],
      pictures: [front('honey'), colours('paper'), close('peach')],
      history: 'steady',
    },
    {
      handle: 'baicha-cotton-tee',
      art: 't-shirt',
      title: ['「白茶」重磅棉短袖', 'Baicha heavyweight cotton tee'],
      subtitle: ['领口缝了双线，洗五十次不荷叶边', 'Double-stitched neck, flat after fifty washes'],
      description: [
        '二百六十克长绒棉，不透、不贴身。领口用罗纹双针包边，我们洗了五十次，变形不到半厘米。胸前一道色织条，不是印的。',
        'Two hundred and sixty grams of long-staple cotton: opaque, and it does not cling. The ribbed neck is stitched twice; after fifty washes of ours it had moved less than half a centimetre. The chest stripe is woven in, not printed.',
      ],
      attributes: [
        ['面料', 'Fabric', '长绒棉 100%，260 克', '100% long-staple cotton, 260 g'],
        ['版型', 'Cut', '微宽松，男女同款', 'Slightly loose, for everyone'],
        ['洗涤', 'Care', '30℃ 机洗', 'Machine wash at 30 °C'],
      ],
      options: [
        colour(
          dye('tea', '青茶绿', 'Green tea', '#86E08A'),
          dye('sky', '晴空蓝', 'Clear sky', '#18C4F8', { hue: 105 }),
          dye('apricot', '杏子橙', 'Apricot', '#FFAC73', { hue: -85 }),
        ),
        size('M', 'L'),
      ],
      skus: [
        ['tea/m', 89, 600],
        ['tea/l', 89, 520],
        ['sky/l', 89, 480],
        ['apricot/m', 89, 360],
      ],
      pictures: [front('jade'), colours('paper'), pattern('honey')],
      history: 'steady',
    },
    {
      handle: 'gezi-crew-socks',
      art: 'socks',
      title: ['「格子铺」拼色中筒袜 5 双装', 'Gezipu colour-block socks, five pairs'],
      subtitle: ['左右脚不一样，是故意的', 'Left and right differ on purpose'],
      description: [
        '精梳棉加一点锦纶，脚跟和脚尖加厚织。袜口松紧分三段，不勒印。五双颜色各不相同，丢了一只也能凑成对。',
        'Combed cotton with a little nylon, knitted thicker at heel and toe. The cuff loosens in three steps and leaves no mark. Five pairs in five colours: lose one and the rest still match.',
      ],
      attributes: [
        ['成分', 'Fibre', '精梳棉 78%，锦纶 20%，氨纶 2%', '78% cotton, 20% nylon, 2% elastane'],
        ['数量', 'Count', '5 双', '5 pairs'],
        ['袜高', 'Height', '中筒，19 厘米', 'Crew, 19 cm'],
      ],
      options: [size('35–38', '39–43')],
      skus: [
        ['35-38', 39.9, 900],
        ['39-43', 39.9, 800],
      ],
      pictures: [front('honey'), pattern('mist'), close('peach')],
      history: 'steady',
    },
    {
      handle: 'laojie-derby-shoes',
      art: 'mans-shoe',
      title: ['「老街」固特异德比鞋', 'Laojie Goodyear-welted derby shoes'],
      subtitle: ['鞋底可以换三次', 'The sole can be changed three times'],
      description: [
        '牛皮鞋面，皮条沿缝一圈，鞋底磨薄了拿去换，鞋子还是你的。软木中底会慢慢走成你的脚型。前两周请穿半天歇半天。',
        'Calf uppers, welted all the way round: when the sole is thin it is changed and the shoe stays yours. The cork inside takes the shape of your foot. For the first two weeks wear them half a day at a time.',
      ],
      attributes: [
        ['鞋面', 'Upper', '小牛皮', 'Calf leather'],
        ['工艺', 'Make', '固特异沿条', 'Goodyear welt'],
        ['鞋底', 'Sole', '橡胶贴片真皮底', 'Leather with rubber'],
      ],
      options: [
        colour(
          dye('chestnut', '栗棕', 'Chestnut', '#A5645C'),
          dye('black', '墨黑', 'Ink black', '#37302F', { saturation: 0.1, brightness: 0.55 }),
        ),
        size('41', '42'),
      ],
      skus: [
        ['chestnut/41', 789, 32],
        ['chestnut/42', 789, 40],
        ['black/41', 789, 28],
        ['black/42', 789, 6],
      ],
      pictures: [front('sand'), colours('paper'), close('mist')],
      history: 'quiet',
    },
  ],
};
