import { expect, test } from 'vitest';
import { manifestToSend } from './upload-manifest.js';

const textOf = async (body: unknown) => new Response(body as Blob).text();

test('takes objects, JSON text, bytes, files and iterables', async () => {
  async function* parts() {
    yield new TextEncoder().encode('{"images"');
    yield new TextEncoder().encode(':[]}');
  }
  const file = new File(['{"images":[]}'], 'a.json');
  const inputs = [
    { images: [] },
    ' {"images":[]}'.trim(),
    new TextEncoder().encode('{"images":[]}'),
    file,
    parts(),
    file.stream(),
  ];
  for (const input of inputs) {
    expect(await textOf(manifestToSend(input, undefined).body)).toBe('{"images":[]}');
  }
  expect(manifestToSend(file, undefined).fileName).toBe('a.json');
});

test('opens other text as a path, and says where it cannot', () => {
  const opened = manifestToSend('dir/list.CSV', (path) => ({ body: new Blob([path]), fileName: 'list.CSV' }));
  expect(opened).toMatchObject({ fileName: 'list.CSV', contentType: 'text/csv' });
  expect(() => manifestToSend('manifest.json', undefined)).toThrow('can be read in Node.js only');
});
