import { close, colour, colours, type DemoCategory, dye, front, pack, pattern, size, stage, value } from './content.ts';

export const outdoor: DemoCategory = {
  id: 'outdoor',
  name: ['户外运动', 'Outdoor'],
  art: 'compass',
  code: 'OU',
  products: [
    {
      handle: 'guiye-two-person-tent',
      art: 'tent',
      title: ['「归野」双层双人帐篷', 'Guiye double-wall tent for two'],
      subtitle: ['一个人八分钟搭好', 'One person, eight minutes'],
      description: [
        '外帐防水指数三千，内帐大面积纱网，早上不滴水。铝杆一体连着，甩开就成形。两个门厅，湿鞋不用拿进来。',
        'The fly holds three metres of water; the inner is mostly mesh, so mornings are dry. The poles hang together and fall into shape when you shake them. Two porches keep wet boots outside.',
      ],
      attributes: [
        ['重量', 'Weight', '2.1 千克', '2.1 kg'],
        ['收纳', 'Packed', '45 × 16 厘米', '45 × 16 cm'],
        ['防水', 'Water', '外帐 PU3000', 'Fly PU 3000'],
        ['季节', 'Seasons', '三季', 'Three'],
      ],
      options: [
        colour(
          dye('forest', '森林绿', 'Forest', '#3FB544'),
          dye('sand', '沙丘橙', 'Dune orange', '#F0A048', { hue: -70, saturation: 0.8 }),
        ),
      ],
      skus: [
        ['forest', 599, 90],
        ['sand', 599, 70],
      ],
      pictures: [front('jade'), colours('sand'), close('honey')],
      history: 'dip',
    },
    {
      handle: 'chuanxiang-city-bicycle',
      art: 'bicycle',
      title: ['「穿巷」七速城市自行车', 'Chuanxiang seven-speed city bicycle'],
      subtitle: ['皮带传动，裤脚不沾油', 'Belt drive: no oil on your trousers'],
      description: [
        '碳纤维皮带，不上油、不生锈、几乎没声音。内变七速，停着也能换挡。车灯用花鼓发电，不用充电。到货装好脚踏和车座就能骑。',
        'A carbon belt needs no oil, does not rust and makes hardly a sound. Seven gears in the hub change while you stand. The lights run off the wheel. Fit pedals and saddle, and ride.',
      ],
      attributes: [
        ['车架', 'Frame', '铝合金，跨式', 'Aluminium, step-through'],
        ['重量', 'Weight', '13.9 千克', '13.9 kg'],
        ['刹车', 'Brakes', '前后油碟', 'Hydraulic discs'],
        ['身高', 'Fits', '155–185 厘米', '155–185 cm'],
      ],
      options: [
        colour(
          dye('red', '信号红', 'Signal red', '#F0306A'),
          dye('pine', '松绿', 'Pine green', '#1E8F70', { hue: 150 }),
        ),
      ],
      skus: [
        ['red', 2199, 40],
        ['pine', 2199, 32],
      ],
      pictures: [front('mist'), colours('paper'), stage('honey')],
      history: 'steady',
      limit: 2,
    },
    {
      handle: 'shanji-30l-backpack',
      art: 'backpack',
      title: ['「山脊」30 升徒步背包', 'Shanji 30-litre hiking backpack'],
      subtitle: ['背板悬空，后背不湿', 'A back that hangs free stays dry'],
      description: [
        '网面背板和包身之间空出三厘米，走一天后背是干的。腰带能承重，肩膀只扶着。侧面拉链直开，不用翻到底。附防雨罩。',
        'Three centimetres of air between mesh and pack keep your back dry all day. The belt carries; the shoulders only steer. A zip down the side opens it without digging. Rain cover included.',
      ],
      attributes: [
        ['容量', 'Holds', '30 升', '30 l'],
        ['重量', 'Weight', '1.05 千克', '1.05 kg'],
        ['面料', 'Fabric', '210D 再生尼龙', '210D recycled nylon'],
      ],
      options: [
        colour(
          dye('peony', '牡丹红', 'Peony', '#E8216F'),
          dye('lake', '湖蓝', 'Lake blue', '#0A8FF8', { hue: -105 }),
          dye('pine', '松绿', 'Pine', '#1D9650', { hue: 150, saturation: 0.8 }),
        ),
      ],
      skus: [
        ['peony', 349, 150],
        ['lake', 349, 180],
        ['pine', 349, 160],
      ],
      pictures: [front('honey'), colours('paper'), close('jade')],
      history: 'dip',
    },
    {
      handle: 'tashi-hiking-boots',
      art: 'hiking-boot',
      title: ['「踏石」防水徒步靴', 'Tashi waterproof hiking boots'],
      subtitle: ['鞋底啃得住湿石头', 'Soles that bite wet rock'],
      description: [
        '反绒牛皮加防水膜，齐踝深的溪水走得过去。鞋底齿深五毫米，湿石头上也不打滑。鞋头包了橡胶，踢到树根不疼。',
        'Suede over a waterproof membrane: streams to the ankle are no matter. Five-millimetre lugs hold on wet rock, and a rubber cap meets the roots before your toes do.',
      ],
      attributes: [
        ['鞋面', 'Upper', '反绒牛皮', 'Suede'],
        ['防水', 'Water', '防水透湿膜', 'Waterproof membrane'],
        ['重量', 'Weight', '单只 560 克（42 码）', '560 g each (42)'],
      ],
      options: [size('38', '40', '42', '44')],
      skus: [
        ['38', 529, 60],
        ['40', 529, 80],
        ['42', 529, 110],
        ['44', 529, 7],
      ],
      pictures: [front('sand'), stage('jade'), close('peach')],
      history: 'steady',
    },
    {
      handle: 'qingbu-running-shoes',
      art: 'running-shoe',
      title: ['「轻步」缓震跑鞋', 'Qingbu cushioned running shoes'],
      subtitle: ['二百三十二克，十公里不累膝盖', '232 grams, ten kilometres kind to the knees'],
      description: [
        '超临界发泡中底，回弹高，压了八百公里还有九成厚度。鞋面一体织，脚趾张得开。后跟有反光条，夜跑看得见。',
        'A supercritical foam with a lively return; after eight hundred kilometres nine tenths of it are left. The upper is knitted in one piece and lets toes spread. A strip at the heel shines back at headlights.',
      ],
      attributes: [
        ['重量', 'Weight', '232 克（42 码）', '232 g (42)'],
        ['落差', 'Drop', '8 毫米', '8 mm'],
        ['适合', 'For', '公路，日常 5–15 公里', 'Roads, 5–15 km a day'],
      ],
      options: [
        colour(
          dye('mist', '晨雾紫', 'Morning violet', '#B9A3D8'),
          dye('ember', '余烬橙', 'Ember', '#DDA67C', { hue: 115, saturation: 1.2 }),
          dye('mint', '薄荷绿', 'Mint', '#5FC0AE', { hue: -130, saturation: 1.2 }),
        ),
        size('39', '42'),
      ],
      skus: [
        ['mist/39', 379, 140],
        ['mist/42', 379, 160],
        ['ember/42', 379, 120],
        ['mint/39', 379, 100],
      ],
      pictures: [front('lilac'), colours('mist'), close('honey')],
      history: 'dip',
    },
    {
      handle: 'yuyan-badminton-racket',
      art: 'badminton',
      title: ['「羽燕」全碳素羽毛球拍', 'Yuyan full-carbon badminton racket'],
      subtitle: ['七十九克，挥得快，收得住', 'Seventy-nine grams: quick, and under control'],
      description: [
        '整支碳素一次成型，中杆软硬适中，新手打得远，老手也能控网。出厂穿好二十四磅线，可以备注磅数。附三只羽毛球和拍袋。',
        'Carbon in one piece with a middling shaft: beginners reach the back line, and old hands keep the net. Strung at twenty-four pounds, or as you write in the note. Three shuttles and a cover included.',
      ],
      attributes: [
        ['重量', 'Weight', '79 克', '79 g'],
        ['平衡点', 'Balance', '295 毫米', '295 mm'],
        ['线', 'String', '24 磅，可备注', '24 lb, or as noted'],
      ],
      options: [pack(value('one', '单拍', 'One racket'), value('pair', '双拍', 'Two rackets'))],
      skus: [
        ['one', 199, 210],
        ['pair', 379, 110],
      ],
      pictures: [front('mist'), close('jade'), pattern('paper')],
      history: 'steady',
    },
    {
      handle: 'jietou-street-basketball',
      art: 'basketball',
      title: ['「街头」室外耐磨篮球', 'Jietou hard-wearing street basketball'],
      subtitle: ['水泥地上打一年，纹路还在', 'A year on concrete and still grippy'],
      description: [
        '吸湿合成皮，手心出汗也抓得住。颗粒深一点，水泥地磨不平。里面的球胆缠了一千八百米尼龙线，不容易变形。附气筒和两根气针。',
        'A skin that drinks sweat and keeps its grip. The pebbles are deep enough for concrete, and eighteen hundred metres of nylon round the bladder keep it round. Pump and two needles included.',
      ],
      attributes: [
        ['纹路', 'Pebbles', '加深颗粒', 'Deepened'],
        ['材质', 'Material', '吸湿 PU', 'Moisture-drinking PU'],
        ['场地', 'Court', '室内外', 'Indoors and out'],
      ],
      options: [
        pack(
          value('no5', '5 号（少年）', 'Size 5 (youth)'),
          value('no6', '6 号（女子）', 'Size 6 (women)'),
          value('no7', '7 号（标准）', 'Size 7 (standard)'),
        ),
      ],
      skus: [
        ['no5', 89, 260],
        ['no6', 99, 240],
        ['no7', 99, 420],
      ],
      pictures: [front('peach'), stage('ink'), pattern('honey')],
      history: 'lowered',
    },
    {
      handle: 'jizhan-cabin-luggage',
      art: 'luggage',
      title: ['「几站」20 寸登机箱', 'Jizhan 20-inch cabin case'],
      subtitle: ['轮子安静，夜里进小区不吵人', 'Quiet wheels for late arrivals'],
      description: [
        '聚碳酸酯箱体，按下去会弹回来。轮子包了软胶，石板路上也不响。前开舱放电脑，过安检不用翻箱。密码锁可以报备通关。',
        'A polycarbonate shell that springs back when pressed. Soft tyres roll silently over flagstones. A front pocket for the laptop spares you unpacking at security, and the lock opens for customs.',
      ],
      attributes: [
        ['容量', 'Holds', '38 升', '38 l'],
        ['重量', 'Weight', '2.9 千克', '2.9 kg'],
        ['尺寸', 'Size', '55 × 36 × 22 厘米', '55 × 36 × 22 cm'],
      ],
      options: [
        colour(
          dye('sky', '航线蓝', 'Flight blue', '#2E8BE0'),
          dye('grape', '葡萄紫', 'Grape', '#A96BA0', { hue: 55, saturation: 0.8 }),
          dye('leaf', '叶绿', 'Leaf', '#1C8A72', { hue: -105, saturation: 0.8 }),
        ),
      ],
      skus: [
        ['sky', 439, 130],
        ['grape', 439, 80],
        ['leaf', 439, 90],
      ],
      pictures: [front('mist'), colours('paper'), close('peach')],
      history: 'dip',
    },
    {
      handle: 'huapo-maple-skateboard',
      art: 'skateboard',
      title: ['「滑坡」七层枫木滑板', 'Huapo seven-ply maple skateboard'],
      subtitle: ['第一块板，轮子软一点', 'A first board with softer wheels'],
      description: [
        '七层加拿大枫木冷压，八英寸宽，站得稳。轮子硬度九十二，路不平也滑得动。桥已经调好，附工具和两颗备用螺丝。',
        'Seven plies of Canadian maple, cold-pressed, eight inches wide and steady to stand on. Wheels of ninety-two take rough roads. The trucks are set; a tool and two spare bolts are in the box.',
      ],
      attributes: [
        ['板面', 'Deck', '79 × 20 厘米', '79 × 20 cm'],
        ['轮子', 'Wheels', '54 毫米，92A', '54 mm, 92A'],
        ['承重', 'Bears', '100 千克', '100 kg'],
      ],
      options: [pack(value('board', '整板', 'Complete board'), value('safe', '整板 + 护具', 'Board and pads'))],
      skus: [
        ['board', 259, 100],
        ['safe', 339, 60],
      ],
      pictures: [front('lilac'), close('honey'), pattern('mist')],
      history: 'quiet',
    },
    {
      handle: 'chuxue-ski-goggles',
      art: 'goggles',
      title: ['「初雪」双层防雾滑雪镜', 'Chuxue double-lens ski goggles'],
      subtitle: ['眼镜也戴得进去', 'Room for glasses underneath'],
      description: [
        '双层镜片中间是干空气，缆车上呼气也不起雾。磁吸换片，戴着手套三秒换好。镜框留了槽，近视眼镜腿放得进去。',
        'Dry air between two lenses: no fog, even on the lift. A magnet swaps lenses in three seconds with gloves on. Slots in the frame take the arms of your glasses.',
      ],
      attributes: [
        ['镜片', 'Lens', '双层柱面，UV400', 'Double cylindrical, UV400'],
        ['适合', 'Fits', '成人，可戴眼镜', 'Adults, over glasses'],
        ['包含', 'In the box', '晴天片、阴天片、硬盒', 'Sun lens, cloud lens, hard case'],
      ],
      options: [
        colour(dye('ice', '冰蓝', 'Ice blue', '#49BFF9'), dye('dawn', '曙红', 'Dawn', '#FF9FAD', { hue: 125 })),
      ],
      skus: [
        ['ice', 289, 120],
        ['dawn', 289, 90],
      ],
      pictures: [front('mist'), colours('paper'), close('lilac')],
      history: 'new',
    },
  ],
};
