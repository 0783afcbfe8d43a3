import type { RequestListener } from 'node:http';

/** A part of every secret; nothing else has it. */
export const mark = 'facade5ec2e7';

const secretOf = (turn: number): string => `${mark}${turn.toString(16)}`.padEnd(64, '0');

const query = (turn: number): string =>
  `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIA%2F2126030${turn}%2Feu-west-2%2Fs3%2Faws4_request&X-Amz-Date=2126030${turn}T120000Z&X-Amz-Expires=604800&X-Amz-SignedHeaders=host&X-Amz-Security-Token=${secretOf(turn)}&X-Amz-Signature=${secretOf(turn)}`;

/** Signed anew at each turn, a day later. */
export const secretUrl = (key: string, turn: number): string =>
  `https://acme.s3.eu-west-2.amazonaws.com/${key}?${query(turn)}`;

/** One of each kind of signature. */
export const secretUrls = (turn: number): string[] => [
  secretUrl('one.jpg', turn),
  secretUrl('a key with #hash'.replaceAll(' ', '%20'), turn),
  `https://acme.blob.core.windows.net/box/one.jpg?sv=2024-11-04&se=2126-03-0${turn}T00%3A00%3A00Z&sr=b&sp=r&sig=${secretOf(turn)}`,
  `https://storage.googleapis.com/box/one.jpg?X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Credential=a%40b%2F2126030${turn}%2Fauto%2Fstorage%2Fgoog4_request&X-Goog-Date=2126030${turn}T120000Z&X-Goog-Expires=604800&X-Goog-SignedHeaders=host&X-Goog-Signature=${secretOf(turn)}`,
  `https://d111.cloudfront.net/one.jpg?Expires=492913440${turn}&Signature=${secretOf(turn)}&Key-Pair-Id=K1`,
  `https://objectstorage.eu-frankfurt-1.oraclecloud.com/p/${secretOf(turn)}/n/space/b/box/o/one.jpg`,
  `https://files.example.com/one.jpg?token=${secretOf(turn)}`,
];

const image = { mimeType: 'image/jpeg', fileSize: 1, width: 1, height: 1 };

/** Units that register, that warn, that fail when they are read, and that fail when their object is measured. */
export function plainUnits(storage: string): object {
  const measured = (path: string) => ({ objectUrl: `${storage}/${path}?${query(1)}` });
  return {
    images: [
      ...secretUrls(1).map((objectUrl) => ({ objectUrl, imageMetadata: image })),
      { objectUrl: secretUrl('warned.jpg', 1), imageMetadata: image, [secretUrl('unknown key', 1)]: 1 },
      { objectUrl: `${secretUrl('white space.jpg', 1)}`, imageMetadata: image },
      { objectUrl: `https://user:${secretOf(1)}@files.example.com/one.jpg`, imageMetadata: image },
      { objectUrl: `ftp://files.example.com/one.jpg?${query(1)}`, imageMetadata: image },
      { objectUrl: `https://${'long'.repeat(5000)}.example.com/?${query(1)}`, imageMetadata: image },
      { objectUrl: `?${query(1)}`, imageMetadata: image },
      { objectUrl: secretUrl('wrong.jpg', 1), imageMetadata: { ...image, width: secretUrl('width', 1) } },
      { objectUrl: secretUrl('wrong-type.jpg', 1), imageMetadata: secretUrl('text', 1) },
      { objectUrl: { nested: secretUrl('nested.jpg', 1) } },
      secretUrl('no object', 1),
      ...['forbidden', 'missing', 'elsewhere', 'private', 'garbage', 'cut', 'no-ranges', 'busy'].map(
        measured,
      ),
      { objectUrl: `http://127.0.0.1:9/closed.jpg?${query(1)}` },
      { objectUrl: `https://no-such-host.invalid/one.jpg?${query(1)}` },
    ],
    videos: [measured('garbage-video'), measured('cut-video')],
    pdfs: [measured('garbage-pdf')],
    dicom_series: [{ title: 'series', objectUrl_0: `${storage}/garbage-dicom?${query(1)}` }],
    image_groups: [
      {
        title: 'group',
        objectUrl_0: secretUrl('g/0.jpg', 1),
        objectUrl_1: `bad url ${secretUrl('g/1.jpg', 1)}`,
      },
    ],
    scenes: [{ title: 'scene', [secretUrl('scene', 1)]: [] }],
  };
}

/** Echoes the URL that it is asked for wherever an answer has room for it. */
export const hostileStorage: RequestListener = (request, response) => {
  const url = request.url ?? '';
  const echo = { 'x-echo': url.replaceAll(/[^\x20-\x7e]/g, ''), 'content-type': 'text/plain' };
  // The gateway asks for the same in a bucket.
  const path = url.split('?')[0]?.replace(/^\/box\//, '/') ?? '';
  if (path === '/cut' || path === '/cut-video') {
    response.writeHead(206, { ...echo, 'content-range': 'bytes 0-65535/1000000', 'content-length': '65536' });
    response.write(url);
    response.destroy();
  } else if (path === '/elsewhere')
    response.writeHead(302, { location: `http://127.0.0.1:9${url}` }).end(url);
  else if (path === '/private') response.writeHead(302, { location: `http://10.0.0.1${url}` }).end(url);
  else if (path === '/forbidden')
    response.writeHead(403, url.slice(0, 60), echo).end(`<Error>${url}</Error>`);
  else if (path === '/missing') response.writeHead(404, echo).end(url);
  else if (path === '/busy') response.writeHead(503, { ...echo, 'retry-after': '0' }).end(url);
  else if (path === '/no-ranges') response.writeHead(200, echo).end(url.repeat(1000));
  else {
    const body = `%PDF-1.7 ${url} `.repeat(20);
    response
      .writeHead(206, { ...echo, 'content-range': `bytes 0-${body.length - 1}/${body.length}` })
      .end(body);
  }
};
