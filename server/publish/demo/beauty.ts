import { close, colour, colours, type DemoCategory, dye, front, pack, pattern, stage, value } from './content.ts';

export const beauty: DemoCategory = {
  id: 'beauty',
  name: ['美妆', 'Beauty'],
  art: 'hibiscus',
  code: 'BE',
  products: [
    {
      handle: 'yunjian-velvet-lipstick',
      art: 'lipstick',
      title: ['「云笺」丝绒哑光口红', 'Yunjian velvet matte lipstick'],
      subtitle: ['雾面，但不拔干', 'Matte without the dryness'],
      description: [
        '膏体里加了山茶籽油，抿开是雾面，两小时后嘴唇还是软的。一支三点五克，管身是可替换芯，用完只买芯就行。颜色在自然光下拍摄校准。',
        'Camellia seed oil in the bullet: it blots to a matte finish and your lips are still soft two hours later. Three and a half grams in a case that takes refills. The shades were matched in daylight.',
      ],
      attributes: [
        ['净含量', 'Net weight', '3.5 克', '3.5 g'],
        ['质地', 'Finish', '丝绒哑光', 'Velvet matte'],
        ['保质期', 'Keeps for', '未开封 3 年，开封后 12 个月', '3 years sealed, 12 months opened'],
      ],
      options: [
        colour(
          dye('n01', '01 石榴', '01 Pomegranate', '#F0335C'),
          dye('n04', '04 柿子', '04 Persimmon', '#E4572E', { hue: 38 }),
          dye('n07', '07 豆沙', '07 Red bean', '#B0566A', { saturation: 0.6, brightness: 0.85 }),
        ),
      ],
      skus: [
        ['n01', 129, 400],
        ['n04', 129, 320],
        ['n07', 129, 500],
      ],
      pictures: [stage('rose'), colours('paper'), close('lacquer')],
      history: 'steady',
    },
    {
      handle: 'qianshan-body-lotion',
      art: 'lotion-bottle',
      title: ['「浅山」燕麦神经酰胺身体乳', 'Qianshan oat and ceramide body lotion'],
      subtitle: ['推开就吸收，穿衣服不沾', 'Gone in a minute, nothing on your sleeves'],
      description: [
        '燕麦提取物打底，加三种神经酰胺，给换季起皮的小腿和手肘。按压头可以锁住，带出门不漏。没有加色素。',
        'An oat base with three ceramides, for shins and elbows that flake when the season turns. The pump locks, so it can travel. No colouring added.',
      ],
      attributes: [
        ['适用', 'For', '干性、混合性肤质', 'Dry and mixed skin'],
        ['质地', 'Texture', '轻乳霜，一分钟吸收', 'Light cream, absorbed in a minute'],
        ['保质期', 'Keeps for', '未开封 3 年', '3 years sealed'],
      ],
      options: [
        pack(
          value('plain-300', '无香 300 毫升', 'Unscented, 300 ml'),
          value('plain-500', '无香 500 毫升', 'Unscented, 500 ml'),
          value('osmanthus-300', '桂花 300 毫升', 'Osmanthus, 300 ml'),
        ),
      ],
      skus: [
        ['plain-300', 79, 420],
        ['plain-500', 109, 260],
        ['osmanthus-300', 85, 340],
      ],
      pictures: [front('peach'), stage('jade'), pattern('paper')],
      history: 'dip',
    },
    {
      handle: 'zaotang-handmade-soap',
      art: 'soap',
      title: ['「皂堂」冷制手工皂', 'Zaotang cold-process soap'],
      subtitle: ['晾足四十二天才出门', 'Cured for forty-two days'],
      description: [
        '橄榄油占六成，加了玫瑰粉和椰子油，泡沫细，洗完不紧绷。每块手切，重量会差两三克。放在沥水架上能用四周左右。',
        'Six parts in ten are olive oil, with coconut oil and rose powder: a fine lather and no tightness afterwards. Cut by hand, so weights differ by two or three grams. On a drained dish a bar lasts about four weeks.',
      ],
      attributes: [
        ['净含量', 'Net weight', '每块约 100 克', 'About 100 g each'],
        ['主要油脂', 'Oils', '橄榄油、椰子油、乳木果油', 'Olive, coconut, shea'],
        ['适用', 'For', '面部与身体', 'Face and body'],
      ],
      options: [pack(value('one', '单块', 'One bar'), value('three', '3 块装', 'Three bars'))],
      skus: [
        ['one', 29, 700],
        ['three', 75, 300],
      ],
      pictures: [front('lilac'), pattern('rose'), close('mist')],
      history: 'steady',
    },
    {
      handle: 'jingtai-vanity-mirror',
      art: 'mirror',
      title: ['「镜台」花边台式化妆镜', 'Jingtai scalloped vanity mirror'],
      subtitle: ['高清银镜，不发绿', 'True silver glass, no green cast'],
      description: [
        '五毫米浮法银镜，颜色不偏绿，画眉看得清一根一根。树脂花边是手工上色，每一面深浅略有不同。背后有支架，也可以挂墙。',
        'Five-millimetre float glass, silvered so that colours stay true and every brow hair shows. The resin frame is coloured by hand and no two are quite alike. It stands on its own easel or hangs on a wall.',
      ],
      attributes: [
        ['摆放', 'Stands', '台面或挂墙', 'On a table or a wall'],
        ['镜面', 'Glass', '5 毫米浮法银镜', '5 mm silvered float glass'],
        ['边框', 'Frame', '手工上色树脂', 'Hand-coloured resin'],
      ],
      options: [
        pack(
          value('small', '小号 18 × 24 厘米', 'Small, 18 × 24 cm'),
          value('large', '大号 26 × 36 厘米', 'Large, 26 × 36 cm'),
        ),
      ],
      skus: [
        ['small', 99, 130],
        ['large', 169, 80],
      ],
      pictures: [stage('honey'), front('lilac'), close('rose')],
      history: 'lowered',
    },
    {
      handle: 'shumu-wide-comb',
      art: 'hair-pick',
      title: ['「梳木」宽齿蓬松梳', 'Shumu wide-tooth lifting comb'],
      subtitle: ['卷发、湿发都不扯', 'For curls and wet hair, without pulling'],
      description: [
        '整块醋酸纤维板切割，齿尖磨成水滴形，梳湿发也不静电。宽齿间距六毫米，用来挑高发根。手柄上的孔可以挂在浴室钩子上。',
        'Cut from one sheet of acetate, with tips polished to drops; no static, even in wet hair. Six millimetres between the teeth lift the roots. The hole in the handle is for a hook in the bathroom.',
      ],
      attributes: [
        ['材质', 'Material', '醋酸纤维', 'Cellulose acetate'],
        ['长度', 'Length', '17 厘米', '17 cm'],
        ['齿距', 'Gap', '6 毫米', '6 mm'],
      ],
      options: [
        colour(
          dye('plum', '梅子紫', 'Plum', '#6D478E'),
          dye('tortoise', '玳瑁棕', 'Tortoiseshell', '#9A5E34', { hue: 105, saturation: 0.9 }),
        ),
      ],
      skus: [
        ['plum', 45, 350],
        ['tortoise', 45, 280],
      ],
      pictures: [front('lilac'), colours('sand'), pattern('paper')],
      history: 'new',
    },
    {
      handle: 'qingchen-safety-razor',
      art: 'razor',
      title: ['「清晨」双层刀片剃须刀', 'Qingchen twin-blade razor'],
      subtitle: ['五十四克的手柄，刀头可转四十度', 'A 54-gram handle, a head that turns forty degrees'],
      description: [
        '锌合金手柄带防滑纹，湿手也握得住。刀头可转四十度，下巴一次过。刀片是通用卡扣，附四片替换。',
        'A zinc handle with a grip that holds in wet hands. The head turns forty degrees and follows the chin in one stroke. Standard click-on blades; four spares in the box.',
      ],
      attributes: [
        ['手柄', 'Handle', '锌合金，54 克', 'Zinc alloy, 54 g'],
        ['刀片', 'Blades', '瑞典钢，双层', 'Swedish steel, twin'],
        ['包含', 'In the box', '刀架 1 支，刀片 5 片', '1 handle, 5 heads'],
      ],
      options: [
        pack(value('set', '刀架 + 5 刀片', 'Handle and 5 heads'), value('refill', '替换刀片 8 片', '8 spare heads')),
      ],
      skus: [
        ['set', 89, 240],
        ['refill', 59, 460],
      ],
      pictures: [front('mist'), stage('sand'), pattern('jade')],
      history: 'steady',
    },
    {
      handle: 'shuya-soft-toothbrush',
      art: 'toothbrush',
      title: ['「疏牙」万根软毛牙刷', 'Shuya ten-thousand-bristle toothbrush'],
      subtitle: ['刷得到牙缝，碰不疼牙龈', 'Reaches between, kind to the gums'],
      description: [
        '每支约一万根零点一毫米的细软毛，毛尖磨圆。刷头窄，够得到最里面那颗牙。手柄用甘蔗渣树脂，刷毛请每三个月换一次。',
        'About ten thousand bristles of a tenth of a millimetre, each tip rounded. The narrow head gets behind the last tooth. The handle is made from sugar-cane resin; change the brush every three months.',
      ],
      attributes: [
        ['刷毛', 'Bristles', '0.1 毫米，约 10,000 根', '0.1 mm, about 10,000'],
        ['刷柄', 'Handle', '甘蔗渣基树脂', 'Sugar-cane resin'],
        ['建议', 'Change', '每 3 个月更换', 'Every 3 months'],
      ],
      options: [pack(value('two', '2 支装', 'Two'), value('four', '4 支装', 'Four'))],
      skus: [
        ['two', 25.9, 1200],
        ['four', 45.9, 900],
      ],
      pictures: [front('jade'), pattern('mist'), close('rose')],
      history: 'steady',
    },
    {
      handle: 'ruanyun-konjac-sponge',
      art: 'sponge',
      title: ['「软云」魔芋洁面海绵', 'Ruanyun konjac cleansing sponge'],
      subtitle: ['泡开才软，干了会变硬', 'Soft when wet, hard when dry'],
      description: [
        '用魔芋纤维发泡，泡水三分钟后像豆腐一样软。只用清水也能洗掉一天的防晒霜。挂起来晾干，能用两个月左右，之后可以埋进花盆。',
        'Foamed from konjac fibre: three minutes in water and it is as soft as tofu. With water alone it takes off a day of sunscreen. Hung to dry it lasts about two months, and then goes into a flower pot.',
      ],
      attributes: [
        ['材质', 'Material', '魔芋纤维', 'Konjac fibre'],
        ['尺寸', 'Size', '8 × 6 × 3 厘米', '8 × 6 × 3 cm'],
        ['寿命', 'Lasts', '约 2 个月', 'About 2 months'],
      ],
      options: [pack(value('one', '单个', 'One'), value('five', '5 个装', 'Five'))],
      skus: [
        ['one', 9.9, 2000],
        ['five', 39.9, 600],
      ],
      pictures: [front('paper'), close('jade'), pattern('peach')],
      history: 'steady',
      limit: 10,
    },
    {
      handle: 'meigui-rose-water',
      art: 'rose',
      title: ['「枚朵」玫瑰纯露', 'Meiduo rose hydrosol'],
      subtitle: ['清晨采的花，当天入锅', 'Picked at dawn, distilled the same day'],
      description: [
        '三公斤鲜花蒸一公斤纯露，只取前段。不加酒精和香精，喷出来是淡淡的花园味，不是香水味。开封后放冰箱，请在半年内用完。',
        'Three kilos of petals for one of water, and only the first run is kept. No alcohol and no perfume: it smells of a garden, not of a counter. Keep it in the fridge once opened and use it within six months.',
      ],
      attributes: [
        ['成分', 'Made of', '重瓣玫瑰花水', 'Rose flower water'],
        ['用法', 'Use', '湿敷或喷雾', 'As a compress or a mist'],
        ['保质期', 'Keeps for', '未开封 2 年', '2 years sealed'],
      ],
      options: [pack(value('ml100', '100 毫升', '100 ml'), value('ml250', '250 毫升', '250 ml'))],
      skus: [
        ['ml100', 68, 380],
        ['ml250', 138, 150],
      ],
      pictures: [front('rose'), stage('paper'), pattern('lacquer')],
      history: 'dip',
    },
    {
      handle: 'paopao-bath-salts',
      art: 'bubbles',
      title: ['「泡泡浴所」气泡浴盐', 'Bubble-house fizzing bath salts'],
      subtitle: ['一包一缸，泡二十分钟', 'One sachet, one tub, twenty minutes'],
      description: [
        '小苏打和海盐压成颗粒，入水会起细泡，水会变软。染色用的是食品级色素，不会留在浴缸上。小包装，旅行也能带。',
        'Sea salt and bicarbonate pressed into grains that fizz and soften the water. Coloured with food dyes, which do not stay on the tub. In sachets, so they travel.',
      ],
      attributes: [
        ['净含量', 'Net weight', '每包 50 克', '50 g a sachet'],
        ['香味', 'Scents', '柚子、薰衣草、松木', 'Pomelo, lavender, pine'],
        ['用量', 'Dose', '一缸一包', 'One to a tub'],
      ],
      options: [
        pack(
          value('six', '6 包（三香各 2）', '6 sachets (2 of each)'),
          value('twelve', '12 包（三香各 4）', '12 sachets (4 of each)'),
        ),
      ],
      skus: [
        ['six', 49, 500],
        ['twelve', 89, 260],
      ],
      pictures: [front('mist'), pattern('lilac'), close('rose')],
      history: 'quiet',
    },
  ],
};
