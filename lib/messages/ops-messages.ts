import { defineMessages } from './define.ts';

export const opsMessagesDeskMessages = defineMessages({
  'zh-CN': {
    messagesText: '没有接入短信和邮件服务时，发出的消息留在这里；验证码和收件人已隐去',
    noMessagesTitle: '还没有消息',
    noMessagesText: '发出的验证码和通知会出现在这里',
    channel_sms: '短信',
    channel_email: '邮件',
  },
  'en-US': {
    messagesText: 'Without a message provider, what was sent stays here; codes and recipients are masked',
    noMessagesTitle: 'No messages yet',
    noMessagesText: 'Codes and notices that were sent appear here',
    channel_sms: 'SMS',
    channel_email: 'Email',
  },
});
