/*
 * The shop's mark: a paper packet with a gold seal on lacquer. Drawn here, without letters, so that it needs no font.
 */

const DEFS = `<defs>
  <linearGradient id="lacquer" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#EE2A44"/><stop offset=".55" stop-color="#D70022"/><stop offset="1" stop-color="#B0001C"/></linearGradient>
  <linearGradient id="paper" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#FFF8F0"/><stop offset="1" stop-color="#FFE6CF"/></linearGradient>
  <linearGradient id="flap" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#FFFDF9"/><stop offset="1" stop-color="#FFE9D4"/></linearGradient>
  <radialGradient id="gold" cx=".38" cy=".32" r=".8"><stop offset="0" stop-color="#FFE08A"/><stop offset="1" stop-color="#EFB02E"/></radialGradient>
</defs>`;

/** A star of four points, with sides that curve inwards. */
function star(x: number, y: number, radius: number): string {
  const waist = radius * 0.24;
  return (
    `M${x} ${y - radius}C${x + waist * 0.35} ${y - waist} ${x + waist} ${y - waist * 0.35} ${x + radius} ${y}` +
    `C${x + waist} ${y + waist * 0.35} ${x + waist * 0.35} ${y + waist} ${x} ${y + radius}` +
    `C${x - waist * 0.35} ${y + waist} ${x - waist} ${y + waist * 0.35} ${x - radius} ${y}` +
    `C${x - waist} ${y - waist * 0.35} ${x - waist * 0.35} ${y - waist} ${x} ${y - radius}Z`
  );
}

/** The packet, 240 × 300 about the middle of a 512 field. */
const PACKET = `<g transform="rotate(-8 256 256)">
  <rect x="136" y="122" width="240" height="300" rx="34" fill="#5B000F" fill-opacity=".34"/>
  <rect x="136" y="106" width="240" height="300" rx="34" fill="url(#paper)"/>
  <path d="M136 140a34 34 0 0 1 34-34h172a34 34 0 0 1 34 34v52c-34 50-78 74-120 74s-86-24-120-74z" fill="#C9001F" fill-opacity=".2" transform="translate(0 9)"/>
  <path d="M136 140a34 34 0 0 1 34-34h172a34 34 0 0 1 34 34v52c-34 50-78 74-120 74s-86-24-120-74z" fill="url(#flap)"/>
  <circle cx="256" cy="266" r="54" fill="#A8640A" fill-opacity=".35" transform="translate(0 6)"/>
  <circle cx="256" cy="266" r="54" fill="url(#gold)"/>
  <path d="${star(256, 266, 34)}" fill="#D70022"/>
</g>
<path d="${star(404, 122, 30)}" fill="#FFD66B"/>
<path d="${star(108, 398, 20)}" fill="#FFD66B" fill-opacity=".9"/>`;

function svg(body: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">${DEFS}${body}</svg>`;
}

/** On a rounded square, with nothing in the corners. */
export const MARK = svg(`<rect width="512" height="512" rx="116" fill="url(#lacquer)"/>${PACKET}`);

/** Edge to edge, the packet inside the circle of 80 % that every mask leaves. */
export const MASKABLE_MARK = svg(
  `<rect width="512" height="512" fill="url(#lacquer)"/><g transform="translate(256 256) scale(.8) translate(-256 -256)">${PACKET}</g>`,
);

/** Edge to edge: iOS rounds the corners itself and shows transparency as black. */
export const APPLE_MARK = svg(`<rect width="512" height="512" fill="url(#lacquer)"/>${PACKET}`);

/** White on nothing: Android shows only the alpha of a notification's badge. The seal and the flap's edge are cut out. */
export const BADGE_MARK = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512"><defs><mask id="cut">
  <rect width="512" height="512" fill="#fff"/>
  <path d="M76 176c50 76 114 112 180 112s130-36 180-112" fill="none" stroke="#000" stroke-width="26"/>
  <circle cx="256" cy="288" r="92" fill="#000"/></mask></defs>
  <rect x="76" y="16" width="360" height="480" rx="56" fill="#fff" mask="url(#cut)"/><path d="${star(256, 288, 74)}" fill="#fff"/></svg>`;
