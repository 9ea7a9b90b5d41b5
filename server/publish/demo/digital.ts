import { close, colour, colours, type DemoCategory, dye, front, pack, pattern, stage, value } from './content.ts';

export const digital: DemoCategory = {
  id: 'digital',
  name: ['数码', 'Digital'],
  art: 'desktop-computer',
  code: 'DI',
  products: [
    {
      handle: 'anqu-noise-headphones',
      art: 'headphone',
      title: ['「安渠」头戴降噪耳机', 'Anqu noise-cancelling headphones'],
      subtitle: ['一键安静，一充五十小时', 'Quiet at a press, fifty hours a charge'],
      description: [
        '四个麦克风听外面，两个听里面，地铁的轰隆降到翻书声那么大。整机二百三十克以内，耳垫是可以拆下来洗的蛋白皮。充十分钟能听五小时，也能接线。',
        'Four microphones listen outwards and two inwards; an underground train becomes the turning of a page. Under 230 grams, with ear pads that come off for washing. Ten minutes on the cable give five hours, and there is a wire if you want one.',
      ],
      attributes: [
        ['降噪', 'Noise', '约 42 分贝', 'About 42 dB'],
        ['续航', 'Battery', '降噪开 50 小时', '50 hours with cancelling on'],
        ['蓝牙', 'Bluetooth', '5.4，可连两台设备', '5.4, two devices at once'],
        ['重量', 'Weight', '228 克', '228 g'],
      ],
      options: [
        colour(
          dye('cloud', '云白', 'Cloud white', '#D9D7DF'),
          dye('dusk', '暮紫', 'Dusk violet', '#A596B5', { saturation: 3.2, brightness: 0.82 }),
          dye('graphite', '石墨', 'Graphite', '#55525A', { brightness: 0.45 }),
        ),
      ],
      skus: [
        ['cloud', 899, 260],
        ['dusk', 899, 160],
        ['graphite', 899, 240],
      ],
      pictures: [front('mist'), colours('paper'), close('ink')],
      history: 'dip',
      limit: 3,
    },
    {
      handle: 'xingqiao-14-laptop',
      art: 'laptop',
      title: ['「星桥 14」轻薄笔记本电脑', 'Xingqiao 14 thin and light laptop'],
      subtitle: ['1.18 千克，一天不找插座', '1.18 kg, a day without a socket'],
      description: [
        '十四英寸 2.8K 屏，每秒一百二十帧，出厂逐台校色。七十三瓦时电池，写文档能撑十七个小时。内存焊死、硬盘可换，拆后盖只要六颗螺丝。',
        'A fourteen-inch 2.8K screen at 120 frames a second, calibrated one by one. A 73 watt-hour battery writes documents for seventeen hours. The memory is soldered, the drive is not: six screws and the back is off.',
      ],
      attributes: [
        ['屏幕', 'Screen', '14 英寸 2880 × 1800，120Hz', '14 in, 2880 × 1800, 120 Hz'],
        ['处理器', 'Processor', '12 核', '12 cores'],
        ['电池', 'Battery', '73 瓦时', '73 Wh'],
        ['重量', 'Weight', '1.18 千克', '1.18 kg'],
        ['接口', 'Ports', 'USB4 × 2，USB-A，HDMI', '2 USB4, USB-A, HDMI'],
      ],
      options: [
        pack(
          value('g16-512', '16GB + 512GB', '16 GB + 512 GB'),
          value('g32-1t', '32GB + 1TB', '32 GB + 1 TB'),
          value('g64-2t', '64GB + 2TB', '64 GB + 2 TB'),
        ),
      ],
      skus: [
        ['g16-512', 6999, 60],
        ['g32-1t', 8999, 40],
        ['g64-2t', 12999, 12],
      ],
      pictures: [front('sand'), stage('mist'), close('ink')],
      history: 'steady',
      limit: 2,
    },
    {
      handle: 'zhiyu-mini-phone',
      art: 'mobile-phone',
      title: ['「知屿」5.4 英寸小屏手机', 'Zhiyu 5.4-inch small phone'],
      subtitle: ['单手够得到左上角', 'Your thumb reaches the far corner'],
      description: [
        '宽六十四毫米，重一百三十八克，拇指能摸到屏幕每个角。主摄五千万像素，夜里也敢拍。系统更新承诺五年，电池坏了可以寄来换。',
        'Sixty-four millimetres wide and 138 grams: a thumb reaches every corner. A fifty-megapixel main camera that is not afraid of the night. Five years of updates promised, and a new battery by post when the old one tires.',
      ],
      attributes: [
        ['屏幕', 'Screen', '5.4 英寸 OLED', '5.4 in OLED'],
        ['重量', 'Weight', '138 克', '138 g'],
        ['电池', 'Battery', '3,300 毫安时，可寄修更换', '3,300 mAh, replaceable by post'],
        ['更新', 'Updates', '5 年', '5 years'],
      ],
      options: [pack(value('g128', '8GB + 128GB', '8 GB + 128 GB'), value('g256', '8GB + 256GB', '8 GB + 256 GB'))],
      skus: [
        ['g128', 2599, 220],
        ['g256', 2999, 160],
      ],
      pictures: [stage('lilac'), front('mist'), pattern('paper')],
      history: 'lowered',
      limit: 2,
    },
    {
      handle: 'guangyin-film-camera',
      art: 'camera',
      title: ['「光引」旁轴数码相机', 'Guangyin rangefinder digital camera'],
      subtitle: ['三个转盘，不进菜单', 'Three dials, no menus'],
      description: [
        '快门、光圈、曝光补偿各有一个转盘，拿起来就能拍。直出自带六种底片色，调子是请老摄影师一张一张对的。光学取景框里有电子黄斑，对焦看得见。',
        'Shutter, aperture and exposure have a dial each: pick it up and shoot. Six film looks straight from the camera, matched frame by frame with an old photographer. The optical finder shows an electronic focus patch.',
      ],
      attributes: [
        ['传感器', 'Sensor', 'APS-C，2600 万像素', 'APS-C, 26 megapixels'],
        ['镜头', 'Lens', '23mm f/2 定焦', '23 mm f/2'],
        ['重量', 'Weight', '478 克', '478 g'],
        ['存储', 'Card', 'SD UHS-II', 'SD UHS-II'],
      ],
      options: [
        pack(value('body', '单机身', 'Camera'), value('kit', '相机 + 皮套 + 64G 卡', 'Camera, case and 64 GB card')),
      ],
      skus: [
        ['body', 5499, 24],
        ['kit', 5899, 18],
      ],
      pictures: [front('paper'), stage('sand'), close('ink')],
      history: 'new',
      limit: 1,
    },
    {
      handle: 'shichen-steel-watch',
      art: 'watch',
      title: ['「时辰」蓝宝石石英腕表', 'Shichen sapphire quartz watch'],
      subtitle: ['三十八毫米，薄六点九毫米', 'Thirty-eight millimetres across, 6.9 thin'],
      description: [
        '蓝宝石镜面，钥匙刮不花。光能机芯，放在窗边就能走，满电能在黑抽屉里走十个月。表带不用工具就能换。',
        'Sapphire glass that keys do not scratch. The movement lives on light: a window sill charges it, and full it runs ten months in a dark drawer. The strap changes without tools.',
      ],
      attributes: [
        ['表径', 'Case', '38 毫米', '38 mm'],
        ['防水', 'Water', '10 个大气压', '10 bar'],
        ['机芯', 'Movement', '光能石英', 'Light-powered quartz'],
      ],
      options: [
        colour(
          dye('blue', '海军蓝', 'Navy', '#2F7DE0'),
          dye('green', '孔雀绿', 'Peacock green', '#1F8F7A', { hue: -105, saturation: 0.75 }),
        ),
      ],
      skus: [
        ['blue', 569, 130],
        ['green', 569, 90],
      ],
      pictures: [stage('mist'), colours('paper'), close('sand')],
      history: 'dip',
    },
    {
      handle: 'qiaojian-75-keyboard',
      art: 'keyboard',
      title: ['「敲键」75% 热插拔机械键盘', 'Qiaojian 75% hot-swap keyboard'],
      subtitle: ['声音像下小雨', 'It sounds like light rain'],
      description: [
        '五层消音棉加硅胶垫，敲起来闷而脆。轴体不用焊，拔下来就能换。三模连接，电池关灯能用两个月。',
        'Five layers of foam over a silicone gasket: a soft, crisp sound. Switches pull out without solder. Cable, radio or Bluetooth, and two months of battery with the lights off.',
      ],
      attributes: [
        ['配列', 'Layout', '82 键', '82 keys'],
        ['键帽', 'Keycaps', 'PBT 五面热升华', 'PBT, dye-sublimated'],
        ['连接', 'Connects', '有线、2.4G、蓝牙', 'Cable, 2.4 GHz, Bluetooth'],
      ],
      options: [
        pack(
          value('linear', '线性轴（静音）', 'Linear switches, silent'),
          value('tactile', '段落轴', 'Tactile switches'),
        ),
      ],
      skus: [
        ['linear', 399, 180],
        ['tactile', 399, 150],
      ],
      pictures: [front('lilac'), close('mist'), pattern('paper')],
      history: 'steady',
    },
    {
      handle: 'banzhang-light-mouse',
      art: 'computer-mouse',
      title: ['「半掌」轻量无线鼠标', 'Banzhang lightweight wireless mouse'],
      subtitle: ['四十九克，两边都能用', 'Forty-nine grams, for either hand'],
      description: [
        '左右对称，左手也能用。光学微动，标称一亿次点击。接收器收在电池仓里，不会弄丢。',
        'Symmetrical, so left hands are welcome. Optical switches rated for a hundred million clicks. The receiver lives in the battery bay, where it cannot be lost.',
      ],
      attributes: [
        ['重量', 'Weight', '49 克', '49 g'],
        ['传感器', 'Sensor', '26,000 DPI', '26,000 DPI'],
        ['续航', 'Battery', '90 小时', '90 hours'],
      ],
      options: [
        colour(
          dye('white', '瓷白', 'Porcelain', '#DAD9DF'),
          dye('black', '曜黑', 'Obsidian', '#55525A', { brightness: 0.42 }),
        ),
      ],
      skus: [
        ['white', 159, 320],
        ['black', 159, 300],
      ],
      pictures: [front('jade'), colours('mist'), pattern('ink')],
      history: 'steady',
    },
    {
      handle: 'duiwan-game-controller',
      art: 'video-game',
      title: ['「对玩」霍尔摇杆游戏手柄', 'Duiwan hall-stick game controller'],
      subtitle: ['摇杆不漂移，保三年', 'Sticks that do not drift, three-year warranty'],
      description: [
        '摇杆和扳机都用磁感应，没有会磨损的触点。电脑、手机和平板都能连，延迟三毫秒。背面两个按键可以自己设。',
        'Sticks and triggers read magnets, so there is nothing to wear out. Pairs with computer, phone and tablet at three milliseconds. Two buttons on the back are yours to set.',
      ],
      attributes: [
        ['摇杆', 'Sticks', '霍尔磁感应', 'Hall effect'],
        ['连接', 'Connects', '有线、2.4G、蓝牙', 'Cable, 2.4 GHz, Bluetooth'],
        ['续航', 'Battery', '26 小时', '26 hours'],
      ],
      options: [
        colour(
          dye('violet', '星夜紫', 'Starry violet', '#5C4796'),
          dye('teal', '深海蓝', 'Deep-sea blue', '#00659A', { hue: -75, brightness: 1.1 }),
        ),
      ],
      skus: [
        ['violet', 199, 420],
        ['teal', 199, 300],
      ],
      pictures: [front('lilac'), colours('mist'), close('honey')],
      history: 'dip',
    },
    {
      handle: 'zhishi-home-printer',
      art: 'printer',
      title: ['「纸事」家用墨仓打印机', 'Zhishi ink-tank home printer'],
      subtitle: ['一瓶墨，印六千页', 'One bottle, six thousand pages'],
      description: [
        '墨水直接倒进仓里，不用买墨盒。黑色用颜料墨，作业本打湿了也不花。家里几部手机一起发，会自己排队。',
        'Ink is poured into the tank; there are no cartridges. The black is pigment, so wet homework stays readable. Phones queue their pages by themselves.',
      ],
      attributes: [
        ['功能', 'Does', '打印、复印、扫描', 'Prints, copies, scans'],
        ['速度', 'Speed', '黑白 15 页/分钟', '15 pages a minute in black'],
        ['连接', 'Connects', 'Wi-Fi、USB', 'Wi-Fi, USB'],
      ],
      options: [
        pack(value('single', '标准', 'Standard'), value('ink', '标准 + 一套备用墨', 'Standard and a spare set of ink')),
      ],
      skus: [
        ['single', 749, 55],
        ['ink', 839, 40],
      ],
      pictures: [front('mist'), stage('paper'), close('sand')],
      history: 'quiet',
    },
    {
      handle: 'laoyinxiang-radio-speaker',
      art: 'radio',
      title: ['「老音巷」复古收音机音箱', 'Laoyinxiang retro radio speaker'],
      subtitle: ['调频旋钮，拧起来有阻尼', 'A tuning knob with the right resistance'],
      description: [
        '外面是旧样子，里面是十五瓦蓝牙音箱，低音用被动盆。旋钮真的连着调频，拧起来一格一格。断电时可以当应急收音机，背后有手摇发电。',
        'Old outside, and inside a fifteen-watt Bluetooth speaker with a passive bass. The knob really tunes, click by click. In a power cut it is an emergency radio with a hand crank at the back.',
      ],
      attributes: [
        ['功率', 'Power', '15 瓦', '15 W'],
        ['续航', 'Battery', '18 小时', '18 hours'],
        ['波段', 'Bands', 'FM 87–108 MHz', 'FM 87–108 MHz'],
      ],
      options: [
        colour(
          dye('grey', '旧银灰', 'Old silver', '#C9C6D2'),
          dye('mint', '薄荷绿', 'Mint', '#7CC3BE', { hue: -115, saturation: 2.4 }),
        ),
      ],
      skus: [
        ['grey', 269, 140],
        ['mint', 269, 100],
      ],
      pictures: [front('peach'), colours('paper'), close('honey')],
      history: 'steady',
    },
    {
      handle: 'manman-power-bank',
      art: 'battery',
      title: ['「满满」20000 毫安时充电宝', 'Manman 20,000 mAh power bank'],
      subtitle: ['自带线，能上飞机', 'Cable built in, allowed on a plane'],
      description: [
        '一根编织线藏在机身里，当提手用。六十五瓦，能给轻薄本充电。额定能量七十四瓦时，机身印有认证标志，符合民航随身携带规定。',
        'A braided cable hides in the body and doubles as a strap. Sixty-five watts will charge a light laptop. Rated at seventy-four watt-hours and certified on the case, it meets the rules for cabin luggage.',
      ],
      attributes: [
        ['容量', 'Capacity', '20,000 毫安时 / 74 瓦时', '20,000 mAh / 74 Wh'],
        ['输出', 'Output', 'USB-C 65 瓦', 'USB-C 65 W'],
        ['重量', 'Weight', '385 克', '385 g'],
      ],
      options: [
        colour(
          dye('lime', '青柠', 'Lime', '#C4F08A'),
          dye('rose', '樱粉', 'Blossom', '#FEB8BF', { hue: -115, saturation: 0.8 }),
          dye('sky', '天蓝', 'Sky', '#63E4FF', { hue: 110, saturation: 0.8 }),
        ),
      ],
      skus: [
        ['lime', 149, 800],
        ['rose', 149, 600],
        ['sky', 149, 700],
      ],
      pictures: [front('jade'), colours('paper'), pattern('mist')],
      history: 'dip',
    },
  ],
};
