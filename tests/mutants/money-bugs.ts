import type { SeededBug } from './mutant.ts';

const PAYMENTS = 'server/payment/service.ts';
const PAYBOOK = 'server/payment/payment-book.postgres.ts';
const MISFIT = 'lib/domain/payment/misfit.ts';
const FRAME = 'lib/domain/inventory/frame.ts';
const R_MONEY = 'tests/ports/races/payments.test.ts';
const ORDERS = 'tests/ports/orders.test.ts';

/** Bugs of payments, and of the news that phones get. */
export const MONEY_BUGS: readonly SeededBug[] = [
  // Money
  [
    'a notice without a signature of the gateway is believed',
    'server/payment/payment-channel.sandbox.ts',
    "if (!createVerify('RSA-SHA256').update(body).verify(publicKey, signature, 'base64')) {",
    'if (publicKey === body) {',
    ORDERS,
    'a forged or unsigned notice',
  ],
  [
    'the amount of a notice is not compared',
    MISFIT,
    'if (told.amountFen !== payment.amountFen) {',
    'if (told.amountFen < 0) {',
    'tests/anchors/money.test.ts',
    'a payment of one fen',
  ],
  [
    'the currency of a notice is not compared',
    MISFIT,
    "if (told.currency !== 'CNY') return",
    "if (told.currency === '') return",
    ORDERS,
    'another currency',
  ],
  [
    'the merchant of a notice is not compared',
    MISFIT,
    'if (told.merchantId !== merchantId) {',
    "if (told.merchantId === '') {",
    ORDERS,
    'another merchant',
  ],
  ['late money stays', PAYBOOK, "    await askRefund(tx, payment, 'late_payment');\n", '', R_MONEY, 'R-05'],
  [
    'the second payment of an order stays',
    PAYBOOK,
    "  await askRefund(tx, payment, 'duplicate_payment');\n",
    '',
    R_MONEY,
    'R-08',
  ],
  [
    'a payment counts again with every notice',
    PAYBOOK,
    "if (payment.state === 'paid') return 'duplicate';",
    '',
    R_MONEY,
    'R-03',
  ],
  [
    'a refund is asked under a new number each time',
    PAYMENTS,
    '.refund(refund)) ===',
    '.refund({ ...refund, id: refund.id.slice(0, 20) + Math.random() })) ===',
    'tests/ports/payments.test.ts',
    'refund_answer_lost',
  ],
  [
    'paying does not wait for the first way to pay to close',
    PAYMENTS,
    "if (closed === 'unknown') return refuse({ code: 'channel_silent' });",
    "if (closed === 'unknown') await book.closed(opened.payment.id);",
    'tests/ports/payments.test.ts',
    'while the first way to pay gives no answer',
  ],
  // News
  [
    'an older picture replaces a newer one',
    FRAME,
    "if (isSameEpoch && version <= picture.version) return { kind: 'ignored', picture };",
    '',
    'tests/domain/stock-frame.test.ts',
    'an older snapshot',
  ],
  [
    'a poll answer from a cache replaces a newer one',
    'lib/client/live/shelf-book.ts',
    'if (asOf < (asOfs.get(frame[0]) ?? 0)) return;',
    '',
    'tests/domain/shelf-book.test.ts',
    'an older picture from a cache',
  ],
  [
    'numbers of another life of the server are mixed in',
    FRAME,
    'if (!picture || picture.epoch !== epoch) return',
    'if (!picture) return',
    'tests/domain/stock-frame.test.ts',
    'a delta of another epoch',
  ],
];
