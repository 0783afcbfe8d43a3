// Writers of point cloud files: `points` are arrays of numbers in the order of the fields.

/** PCD 0.7, binary, 32-bit floats; `rgb` is packed as PCL does it. */
export function pcd(fields, points) {
  const header = [
    '# .PCD v0.7 - Point Cloud Data file format',
    'VERSION 0.7',
    `FIELDS ${fields.join(' ')}`,
    `SIZE ${fields.map(() => 4).join(' ')}`,
    `TYPE ${fields.map((name) => (name === 'rgb' ? 'U' : 'F')).join(' ')}`,
    `COUNT ${fields.map(() => 1).join(' ')}`,
    `WIDTH ${points.length}`,
    'HEIGHT 1',
    'VIEWPOINT 0 0 0 1 0 0 0',
    `POINTS ${points.length}`,
    'DATA binary\n',
  ].join('\n');
  const body = Buffer.alloc(points.length * fields.length * 4);
  points.forEach((point, at) => {
    fields.forEach((name, field) => {
      const offset = (at * fields.length + field) * 4;
      if (name === 'rgb') body.writeUInt32LE(point[field], offset);
      else body.writeFloatLE(point[field], offset);
    });
  });
  return Buffer.concat([Buffer.from(header), body]);
}

/** PLY, binary, little-endian: x, y, z and red, green, blue. */
export function ply(points) {
  const header = [
    'ply',
    'format binary_little_endian 1.0',
    'comment made for the demo of Latchkey',
    `element vertex ${points.length}`,
    ...['x', 'y', 'z'].map((name) => `property float ${name}`),
    ...['red', 'green', 'blue'].map((name) => `property uchar ${name}`),
    'end_header\n',
  ].join('\n');
  const body = Buffer.alloc(points.length * 15);
  points.forEach((point, at) => {
    for (let axis = 0; axis < 3; axis += 1) body.writeFloatLE(point[axis], at * 15 + axis * 4);
    for (let channel = 0; channel < 3; channel += 1) body[at * 15 + 12 + channel] = point[3 + channel];
  });
  return Buffer.concat([Buffer.from(header), body]);
}

/** LAS 1.2, point format 2: x, y, z, intensity, class and red, green, blue of 16 bits. */
export function las(points, offset) {
  const scale = 0.01;
  const length = 26;
  const header = Buffer.alloc(227);
  header.write('LASF', 0);
  header.set([1, 2], 24);
  header.write('Latchkey demo', 26);
  header.writeUInt16LE(227, 94);
  header.writeUInt32LE(227, 96);
  header[104] = 2;
  header.writeUInt16LE(length, 105);
  header.writeUInt32LE(points.length, 107);
  header.writeUInt32LE(points.length, 111);
  for (let axis = 0; axis < 3; axis += 1) {
    header.writeDoubleLE(scale, 131 + axis * 8);
    header.writeDoubleLE(offset[axis], 155 + axis * 8);
    const values = points.map((point) => point[axis]);
    header.writeDoubleLE(Math.max(...values), 179 + axis * 16);
    header.writeDoubleLE(Math.min(...values), 187 + axis * 16);
  }
  const body = Buffer.alloc(points.length * length);
  points.forEach(([x, y, z, intensity, classification, ...colour], at) => {
    const start = at * length;
    [x, y, z].forEach((value, axis) => {
      body.writeInt32LE(Math.round((value - offset[axis]) / scale), start + axis * 4);
    });
    body.writeUInt16LE(intensity, start + 12);
    body[start + 14] = 0b001_001;
    body[start + 15] = classification;
    colour.forEach((value, channel) => {
      body.writeUInt16LE(value * 257, start + 20 + channel * 2);
    });
  });
  return Buffer.concat([header, body]);
}
