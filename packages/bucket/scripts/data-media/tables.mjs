import { randomFrom } from './random.mjs';

/** Twenty minutes on a bicycle, a row a second: the heart rate belt slips for a while. */
export function ride(rows = 1200) {
  const random = randomFrom(21);
  const noise = (size) => (random() - 0.5) * size;
  const lines = ['time_ms,speed_kmh,height_m,heart_rate,temperature,state'];
  let speed = 0;
  for (let at = 0; at < rows; at += 1) {
    const height = 320 + 45 * Math.sin(at / 190) + 12 * Math.sin(at / 47);
    const slope = (45 / 190) * Math.cos(at / 190) + (12 / 47) * Math.cos(at / 47);
    speed += (Math.max(0, 24 - 32 * slope) - speed) * 0.05;
    const isStop = at > 700 && at < 740;
    const heart =
      at > 400 && at < 460 ? '' : (96 + 60 * (1 - Math.exp(-at / 160)) + 40 * slope + noise(3)).toFixed(0);
    const shown = isStop ? 0 : speed + noise(1.2);
    lines.push(
      [
        at * 1000,
        shown.toFixed(1),
        height.toFixed(1),
        heart,
        (17 - (height - 320) / 60 + noise(0.2)).toFixed(2),
        isStop ? 'stopped' : 'moving',
      ].join(','),
    );
  }
  return `${lines.join('\n')}\n`;
}

/** Boxes as a labelling tool would keep them. */
export function annotations() {
  const random = randomFrom(34);
  const labels = ['car', 'house', 'tree'];
  const frames = Array.from({ length: 12 }, (_, frame) => ({
    frame,
    isKeyFrame: frame % 4 === 0,
    objects: Array.from({ length: 1 + (frame % 3) }, (_, at) => ({
      id: frame * 10 + at,
      label: labels[Math.floor(random() * labels.length)],
      box: [random(), random(), random() / 4, random() / 4].map((value) => Number(value.toFixed(4))),
      occluded: random() < 0.2,
      note: null,
    })),
  }));
  return JSON.stringify({ schema: 'boxes-1', source: 'street crossing', frames });
}

/** A weather station's description, in one line as machines write it. */
export function station() {
  const sensors = ['temperature', 'pressure', 'wind', 'rain']
    .map(
      (name, at) =>
        `<sensor id="s${at}" kind="${name}"><interval unit="s">${60 * (at + 1)}</interval></sensor>`,
    )
    .join('');
  return `<?xml version="1.0" encoding="UTF-8"?><station name="ridge"><!-- calibrated each spring --><place lat="46.1" lon="8.2" height="1840"/>${sensors}<note>Snow &amp; ice from November to May.</note></station>\n`;
}
