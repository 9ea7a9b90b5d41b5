import { defineMessages } from './define.ts';

/** Sending a friend, and the picture of the digits: what is opened on the page of a code. */
export const pickupFriendMessages = defineMessages({
  'zh-CN': {
    save: '存成图片',
    saveHow: '图片里是数字码，店员还会核对手机尾号',
    picturePress: '长按图片保存',
    pictureAlt: (digits: string) => `提货数字码 ${digits}`,
    picturePart: '凭此图提货，店员会核对手机尾号',
    askFriend: '请人代取',
    friendText: '代取码只能用一次，随时可以收回',
    friendMake: '生成代取链接',
    friendAgain: '换一个代取码',
    friendTake: '收回代取码',
    friendTaken: '代取码已收回',
    friendShare: '发给好友',
    friendCopy: '复制链接',
    friendCopied: '已复制，发给替你取货的人',
    friendNotCopied: '没有复制成功，请长按链接复制',
    friendMessage: (store: string, url: string) => `请帮我到“${store}”取货，打开链接向店员出示：${url}`,
    friendMadeAt: (time: string) => `${time} 生成的代取码有效`,
  },
  'en-US': {
    save: 'Save as a picture',
    saveHow: 'The picture holds the digits; the clerk also asks for the last four of the phone number',
    picturePress: 'Press and hold the picture to save it',
    pictureAlt: (digits: string) => `Pickup digits ${digits}`,
    picturePart: 'The clerk also asks for the last four of your phone number',
    askFriend: 'Send a friend',
    friendText: 'A friend’s code works once, and you can take it back',
    friendMake: 'Make a link for a friend',
    friendAgain: 'Make a new one',
    friendTake: 'Take it back',
    friendTaken: 'The friend’s code was taken back',
    friendShare: 'Send it',
    friendCopy: 'Copy the link',
    friendCopied: 'Copied: send it to whoever picks it up',
    friendNotCopied: 'It was not copied: press and hold the link',
    friendMessage: (store: string, url: string) =>
      `Please pick something up for me at ${store}. Open this and show it to the clerk: ${url}`,
    friendMadeAt: (time: string) => `The code made at ${time} is good`,
  },
});
