import { close, colour, colours, type DemoCategory, dye, front, pack, pattern, stage, value } from './content.ts';

export const home: DemoCategory = {
  id: 'home',
  name: ['家居', 'Home'],
  art: 'basket',
  code: 'HO',
  products: [
    {
      handle: 'wowo-two-seat-sofa',
      art: 'couch-and-lamp',
      title: ['「窝窝」双人沙发配落地灯', 'Wowo two-seat sofa with floor lamp'],
      subtitle: ['坐进去就不太想起来', 'Hard to get up from'],
      description: [
        '坐垫三层：上面羽绒，中间乳胶，底下弹簧，坐久了不塌。沙发套全部能拆，机洗不缩。配的落地灯高一米五，亮度三档，送货上门并安装。',
        'Three layers in the seat: down over latex over springs, and it keeps its shape. Every cover comes off and goes in the machine. The lamp that comes with it is a metre and a half tall with three steps of light. Delivered and put together for you.',
      ],
      attributes: [
        ['尺寸', 'Size', '宽 168 × 深 86 × 高 78 厘米', '168 × 86 × 78 cm'],
        ['框架', 'Frame', '松木与多层板', 'Pine and plywood'],
        ['面料', 'Cover', '可拆洗绒布', 'Removable velvet'],
        ['配送', 'Delivery', '送货入户，含安装', 'To the room, assembled'],
      ],
      options: [
        colour(
          dye('lake', '湖蓝', 'Lake blue', '#467ACE'),
          dye('cypress', '松柏绿', 'Cypress', '#33807A', { hue: -95, saturation: 0.55 }),
          dye('brick', '砖红', 'Brick', '#A8584C', { hue: 115, saturation: 0.8, brightness: 0.9 }),
        ),
      ],
      skus: [
        ['lake', 2399, 26],
        ['cypress', 2399, 20],
        ['brick', 2399, 14],
      ],
      pictures: [front('peach'), colours('paper'), close('mist')],
      history: 'dip',
      limit: 3,
    },
    {
      handle: 'haomeng-solid-bed',
      art: 'bed',
      title: ['「好梦」榫卯实木床', 'Haomeng solid-wood bed with joints'],
      subtitle: ['一颗螺丝都没有，也不响', 'Not one screw, and not one creak'],
      description: [
        '北美白蜡木，床架全部用榫卯，搬家可以拆了再装。床板留了透气缝，离地二十八厘米，扫地机器人进得去。表面木蜡油，闻着只有木头味。',
        'White ash, held by mortise and tenon alone: take it apart, move house, put it together again. The slats breathe, and at twenty-eight centimetres a robot cleaner fits below. Finished with wax oil; it smells of wood and nothing else.',
      ],
      attributes: [
        ['木材', 'Wood', '白蜡木', 'White ash'],
        ['承重', 'Bears', '500 千克', '500 kg'],
        ['配送', 'Delivery', '送货入户，含安装', 'To the room, assembled'],
      ],
      options: [pack(value('w150', '1.5 米', '150 cm'), value('w180', '1.8 米', '180 cm'))],
      skus: [
        ['w150', 3299, 16],
        ['w180', 3799, 20],
      ],
      pictures: [front('sand'), stage('mist'), close('paper')],
      history: 'steady',
      limit: 2,
    },
    {
      handle: 'zuozuo-wood-chair',
      art: 'chair',
      title: ['「坐坐」胡桃木餐椅', 'Zuozuo walnut dining chair'],
      subtitle: ['椅背弯了七度', 'A back bent by seven degrees'],
      description: [
        '椅背用蒸汽弯成七度，靠上去刚好托住腰。椅腿底下有毛毡，拖动不划地板。单把四点六千克，一只手拎得动。',
        'The back is bent by steam to seven degrees and holds you where it should. Felt under the legs is kind to floors. At 4.6 kilograms one hand lifts it.',
      ],
      attributes: [
        ['木材', 'Wood', '黑胡桃木', 'Black walnut'],
        ['座高', 'Seat', '45 厘米', '45 cm'],
        ['承重', 'Bears', '150 千克', '150 kg'],
      ],
      options: [pack(value('one', '单把', 'One chair'), value('pair', '一对', 'A pair'))],
      skus: [
        ['one', 459, 80],
        ['pair', 869, 50],
      ],
      pictures: [front('peach'), stage('sand'), pattern('paper')],
      history: 'lowered',
    },
    {
      handle: 'xiaoman-potted-plant',
      art: 'potted-plant',
      title: ['「小满」桌面绿植盆栽', 'Xiaoman desktop plant in clay'],
      subtitle: ['十天浇一次水，忘了也能活', 'Water every ten days, or forget to'],
      description: [
        '鹅掌柴和红陶盆，已经换好土、缓好苗才发货。耐阴，放在离窗两米的桌上也长。附一支水位计，红了再浇。路上有损伤，拍照就补。',
        'An umbrella plant in a clay pot, repotted and rested before it leaves. It grows in shade, two metres from a window. A gauge in the soil turns red when it is thirsty. If it is hurt on the way, a photo gets you another.',
      ],
      attributes: [
        ['植物', 'Plant', '鹅掌柴', 'Umbrella plant'],
        ['高度', 'Height', '约 28 厘米', 'About 28 cm'],
        ['光照', 'Light', '耐阴，忌暴晒', 'Shade; no midday sun'],
      ],
      options: [pack(value('small', '小盆', 'Small pot'), value('large', '大盆', 'Large pot'))],
      skus: [
        ['small', 39, 260],
        ['large', 79, 140],
      ],
      pictures: [front('jade'), stage('peach'), pattern('paper')],
      history: 'steady',
    },
    {
      handle: 'dengxia-soy-candle',
      art: 'candle',
      title: ['「灯下」大豆蜡香薰蜡烛', 'Dengxia scented soy candle'],
      subtitle: ['一支燃四十小时', 'Forty hours of light'],
      description: [
        '大豆蜡加棉芯，不冒黑烟。香味放得淡，近了才闻得到，吃饭时点也不抢。第一次请点到表面全部化开，之后就不会烧出坑。',
        'Soy wax on a cotton wick, without smoke. The scent is quiet, meant to be met close by; it does not quarrel with dinner. Let the whole top melt the first time and it will always burn level.',
      ],
      attributes: [
        ['净重', 'Weight', '190 克', '190 g'],
        ['燃烧', 'Burns', '约 40 小时', 'About 40 hours'],
        ['烛芯', 'Wick', '无铅棉芯', 'Lead-free cotton'],
      ],
      options: [
        {
          name: ['香味', 'Scent'],
          values: [
            value('cedar', '雪松', 'Cedar'),
            value('osmanthus', '桂花', 'Osmanthus'),
            value('rain', '雨后青苔', 'Moss after rain'),
          ],
        },
      ],
      skus: [
        ['cedar', 69, 340],
        ['osmanthus', 69, 420],
        ['rain', 69, 8],
      ],
      pictures: [stage('honey'), front('ink'), pattern('sand')],
      history: 'dip',
    },
    {
      handle: 'yilu-clay-teapot',
      art: 'teapot',
      title: ['「一炉」釉下彩瓷茶壶', 'Yilu underglaze porcelain teapot'],
      subtitle: ['出水利落，不滴', 'Pours clean, without a drip'],
      description: [
        '壶嘴削成鹰嘴形，断水干脆，桌布不会湿。盖子里有一粒瓷扣，倒到底也不掉。颜色画在釉下面，洗多少年都在。',
        'The spout is cut like a beak, so the last drop goes back in. A porcelain catch keeps the lid on to the end of the pot. The colour lies under the glaze, where years of washing cannot reach it.',
      ],
      attributes: [
        ['容量', 'Holds', '650 毫升', '650 ml'],
        ['材质', 'Material', '高温瓷，1,320℃', 'Porcelain, fired at 1,320 °C'],
        ['包含', 'In the box', '壶 1 个，茶滤 1 个', 'Pot and strainer'],
      ],
      options: [
        colour(
          dye('red', '霁红', 'Ruby glaze', '#E8264F'),
          dye('jade', '翠青', 'Jade glaze', '#3C8F66', { hue: 150, saturation: 0.55 }),
          dye('blue', '晴蓝', 'Clear blue', '#0A86E2', { hue: -105, saturation: 0.8 }),
        ),
      ],
      skus: [
        ['red', 189, 110],
        ['jade', 189, 130],
        ['blue', 189, 90],
      ],
      pictures: [front('rose'), colours('paper'), stage('lacquer')],
      history: 'dip',
    },
    {
      handle: 'zaocan-frying-pan',
      art: 'cooking',
      title: ['「早餐」26 厘米不粘煎锅', 'Zaocan 26 cm non-stick frying pan'],
      subtitle: ['一颗蛋，不放油也滑得走', 'An egg slides off without oil'],
      description: [
        '压铸铝锅体，底厚四点五毫米，热得匀。涂层三层，用了一年划痕不露底，露底免费换。电磁炉、燃气、电陶炉都能用。',
        'Die-cast aluminium, four and a half millimetres thick at the base, so it heats evenly. Three coats of non-stick: if metal shows within a year we change it. Works on induction, gas and ceramic.',
      ],
      attributes: [
        ['口径', 'Width', '26 厘米', '26 cm'],
        ['重量', 'Weight', '1.1 千克', '1.1 kg'],
        ['灶具', 'Hobs', '燃气、电磁、电陶', 'Gas, induction, ceramic'],
      ],
      options: [pack(value('pan', '单锅', 'Pan'), value('lid', '锅 + 玻璃盖', 'Pan with glass lid'))],
      skus: [
        ['pan', 139, 400],
        ['lid', 169, 300],
      ],
      pictures: [front('lilac'), close('honey'), pattern('paper')],
      history: 'steady',
    },
    {
      handle: 'daofeng-chef-knife',
      art: 'kitchen-knife',
      title: ['「刀锋」夹钢主厨刀', 'Daofeng clad-steel chef’s knife'],
      subtitle: ['切番茄，第一刀就进', 'Into a tomato at the first touch'],
      description: [
        '芯材是硬的，外面两层是软的，所以又利又不崩。刀刃开到十五度，出厂每把试切一张报纸。附磨刀石和一张磨刀图，自己也学得会。',
        'A hard core between two soft sides: keen, and it does not chip. Ground to fifteen degrees and tried on newspaper one by one. A stone and a drawing are in the box, so you can keep it that way.',
      ],
      attributes: [
        ['刃长', 'Blade', '20 厘米', '20 cm'],
        ['硬度', 'Hardness', 'HRC 60 ± 1', 'HRC 60 ± 1'],
        ['刀柄', 'Handle', '层压木，可换', 'Laminated wood, replaceable'],
      ],
      options: [
        pack(
          value('knife', '刀 + 磨刀石', 'Knife and stone'),
          value('set', '刀 + 磨刀石 + 砧板', 'Knife, stone and board'),
        ),
      ],
      skus: [
        ['knife', 299, 120],
        ['set', 389, 70],
      ],
      pictures: [front('mist'), close('ink'), stage('sand')],
      history: 'quiet',
      limit: 2,
    },
    {
      handle: 'buyuan-long-umbrella',
      art: 'umbrella',
      title: ['「不远」十六骨长柄伞', 'Buyuan sixteen-rib umbrella'],
      subtitle: ['八级风，翻过来也能收回去', 'Turned inside out by a gale, it folds back'],
      description: [
        '十六根玻璃纤维骨，风里翻面不断。伞面涂黑胶，雨天防水、晴天遮阳，抖两下就干。弯柄挂在桌边不会滑。',
        'Sixteen glass-fibre ribs that turn over in a gale and do not break. A black lining makes it good against sun as well as rain, and two shakes dry it. The crook stays where you hang it.',
      ],
      attributes: [
        ['直径', 'Width', '116 厘米', '116 cm'],
        ['骨架', 'Ribs', '16 根玻璃纤维', '16, glass fibre'],
        ['重量', 'Weight', '520 克', '520 g'],
      ],
      options: [
        colour(
          dye('plum', '墨梅紫', 'Ink plum', '#7656A8'),
          dye('green', '雨林绿', 'Rainforest', '#008A7C', { hue: -125, saturation: 0.8, brightness: 1.1 }),
          dye('maple', '枫红', 'Maple red', '#B0404A', { hue: 75, saturation: 1.1 }),
        ),
      ],
      skus: [
        ['plum', 99, 300],
        ['green', 99, 260],
        ['maple', 99, 220],
      ],
      pictures: [front('mist'), colours('paper'), pattern('lilac')],
      history: 'steady',
    },
    {
      handle: 'qichuang-twin-bell-clock',
      art: 'alarm-clock',
      title: ['「起床号」双铃机械闹钟', 'Qichuanghao twin-bell alarm clock'],
      subtitle: ['不用电池，也不会静音', 'No battery, no snooze'],
      description: [
        '上一次弦走三十六小时，铃声持续四十秒，赖不掉。静音走时，放在床头听不见滴答。两铃是黄铜的，声音亮。',
        'Wound once it runs thirty-six hours and rings for forty seconds; there is no arguing with it. The movement is silent by the bed. The bells are brass and clear.',
      ],
      attributes: [
        ['动力', 'Power', '手动上弦', 'Hand-wound'],
        ['直径', 'Width', '11 厘米', '11 cm'],
        ['夜光', 'Glows', '指针夜光', 'Luminous hands'],
      ],
      options: [
        colour(
          dye('red', '铃铛红', 'Bell red', '#F0215C'),
          dye('blue', '邮筒蓝', 'Postbox blue', '#1295F5', { hue: -110, saturation: 0.9 }),
        ),
      ],
      skus: [
        ['red', 119, 170],
        ['blue', 119, 0],
      ],
      pictures: [front('honey'), colours('mist'), pattern('rose')],
      history: 'dip',
    },
    {
      handle: 'tuantuan-teddy-bear',
      art: 'teddy-bear',
      title: ['「团团」手缝泰迪熊', 'Tuantuan hand-stitched teddy bear'],
      subtitle: ['眼睛是绣的，宝宝啃不下来', 'Embroidered eyes: nothing to swallow'],
      description: [
        '短毛绒，不掉毛。眼睛和鼻子都是绣上去的，没有小零件，适合从出生抱起。肚子里加了两百克玻璃珠，坐得住；可以整只机洗。',
        'A short plush that does not shed. Eyes and nose are embroidered, without small parts, so it is safe from birth. Two hundred grams of beads in the belly let it sit. The whole bear goes in the machine.',
      ],
      attributes: [
        ['适合', 'For', '0 岁以上', 'From birth'],
        ['填充', 'Filling', '再生聚酯棉', 'Recycled polyester'],
        ['洗涤', 'Care', '30℃ 机洗', 'Machine wash at 30 °C'],
      ],
      options: [pack(value('h30', '30 厘米', '30 cm'), value('h45', '45 厘米', '45 cm'))],
      skus: [
        ['h30', 89, 350],
        ['h45', 149, 180],
      ],
      pictures: [stage('peach'), close('honey'), pattern('mist')],
      history: 'new',
    },
  ],
};
