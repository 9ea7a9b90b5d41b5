/** Where the shop is published, for addresses that leave the page (link previews, hreflang); set for the build. */
export const shopOrigin: string = process.env.FESTA_ORIGIN ?? 'http://127.0.0.1:3000';
