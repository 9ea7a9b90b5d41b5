/** A star of four points with sides that curve inwards, about a middle. */
export function drawStar(to: CanvasRenderingContext2D, x: number, y: number, radius: number, color: string): void {
  const waist = radius * 0.24;
  to.beginPath();
  to.moveTo(x, y - radius);
  to.bezierCurveTo(x + waist * 0.35, y - waist, x + waist, y - waist * 0.35, x + radius, y);
  to.bezierCurveTo(x + waist, y + waist * 0.35, x + waist * 0.35, y + waist, x, y + radius);
  to.bezierCurveTo(x - waist * 0.35, y + waist, x - waist, y + waist * 0.35, x - radius, y);
  to.bezierCurveTo(x - waist, y - waist * 0.35, x - waist * 0.35, y - waist, x, y - radius);
  to.fillStyle = color;
  to.fill();
}

/** The shop's mark, a paper packet with a gold seal, `height` pixels high about a middle; it needs no file. */
export function drawPacket(to: CanvasRenderingContext2D, x: number, y: number, height: number): void {
  const unit = height / 300;
  to.save();
  to.translate(x, y);
  to.rotate((-8 * Math.PI) / 180);
  to.scale(unit, unit);
  const paper = to.createLinearGradient(0, -150, 0, 150);
  paper.addColorStop(0, '#fff8f0');
  paper.addColorStop(1, '#ffe6cf');
  to.shadowColor = 'rgb(91 0 15 / 34%)';
  to.shadowOffsetY = 16 * unit;
  to.shadowBlur = 24 * unit;
  to.fillStyle = paper;
  to.beginPath();
  to.roundRect(-120, -150, 240, 300, 34);
  to.fill();
  to.shadowColor = 'transparent';
  const flap = (lower: number, color: string) => {
    to.beginPath();
    to.moveTo(-120, -116 + lower);
    to.arcTo(-120, -150 + lower, -86, -150 + lower, 34);
    to.lineTo(86, -150 + lower);
    to.arcTo(120, -150 + lower, 120, -116 + lower, 34);
    to.lineTo(120, -64 + lower);
    to.bezierCurveTo(86, -14 + lower, 42, 10 + lower, 0, 10 + lower);
    to.bezierCurveTo(-42, 10 + lower, -86, -14 + lower, -120, -64 + lower);
    to.closePath();
    to.fillStyle = color;
    to.fill();
  };
  flap(9, 'rgb(201 0 31 / 20%)');
  flap(0, '#fff4e8');
  const seal = (lower: number, fill: string | CanvasGradient) => {
    to.beginPath();
    to.arc(0, 10 + lower, 54, 0, 2 * Math.PI);
    to.fillStyle = fill;
    to.fill();
  };
  const gold = to.createRadialGradient(-13, -9, 4, 0, 10, 60);
  gold.addColorStop(0, '#ffe08a');
  gold.addColorStop(1, '#efb02e');
  seal(6, 'rgb(168 100 10 / 35%)');
  seal(0, gold);
  drawStar(to, 0, 10, 34, '#d70022');
  to.restore();
}
