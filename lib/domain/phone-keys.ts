/** Under which names a phone keeps what its shopper chose; read by the pages, and by the first line of each page. */
export const PHONE_KEYS = { locale: 'festa-locale', theme: 'festa-theme', cart: 'festa.cart' } as const;
