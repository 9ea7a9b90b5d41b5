import { defineMessages } from './define.ts';

export const staffSignInMessages = defineMessages({
  'zh-CN': {
    signInText: '需要密码和一次验证码',
    email: '邮箱',
    password: '密码',
    next: '下一步',
    code: '验证码',
    codeText: '6 位验证码已发出，5 分钟内有效',
    sandboxCode: (code: string) => `演示环境没有短信服务，验证码是 ${code}`,
    fill: '填入',
    codeWrong: '请输入 6 位验证码',
    again: '重新输入密码',
  },
  'en-US': {
    signInText: 'A password and a one-time code',
    email: 'Email',
    password: 'Password',
    next: 'Next',
    code: 'Code',
    codeText: 'A code of 6 digits is on its way, valid for 5 minutes',
    sandboxCode: (code) => `No message provider is set here. The code is ${code}`,
    fill: 'Fill in',
    codeWrong: 'Please enter the 6 digits',
    again: 'Back to the password',
  },
});
