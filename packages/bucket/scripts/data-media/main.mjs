// Makes the demo's point clouds, composed scene, time series and structured texts in ../../media. Not part of the build:
// the files are committed. Needs Node.js, and nothing else: node packages/bucket/scripts/data-media/main.mjs
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { torus, trefoil, valley } from './shapes.mjs';
import { frameCount, front, lidar } from './street.mjs';
import { annotations, ride, station } from './tables.mjs';

const media = fileURLToPath(new URL('../../media/', import.meta.url));
function write(key, content) {
  const path = join(media, key);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

write('scenes/trefoil.ply', trefoil());
write('scenes/torus.pcd', torus());
write('scenes/valley.las', valley());
for (let frame = 0; frame < frameCount; frame += 1) {
  write(`scenes/street/lidar-${frame}.pcd`, lidar(frame));
  write(`scenes/street/front-${frame}.png`, front(frame));
}
write('time_series/ride.csv', ride());
write('text/annotations.json', annotations());
write('text/station.xml', station());
