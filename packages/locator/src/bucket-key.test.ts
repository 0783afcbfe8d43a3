import { expect, test } from 'vitest';
import { bucketKeyOf } from './bucket-key.js';
import { locate } from './locate.js';

function bucketKey(objectUrl: string) {
  const located = locate(objectUrl);
  if (!located.ok) throw new Error(`The test needs an object URL, not ${objectUrl}.`);
  return bucketKeyOf(located.url);
}

test.each([
  ['https://acme.s3.eu-west-2.amazonaws.com/a/b%20c.jpg?versionId=1', 's3://acme', 'a/b c.jpg'],
  ['https://s3.eu-west-2.amazonaws.com/acme/a/b.jpg', 's3://acme', 'a/b.jpg'],
  ['https://storage.googleapis.com/acme/a/%C3%BC.png', 'gs://acme', 'a/ü.png'],
  ['https://acme.blob.core.windows.net/box/a/b.jpg', 'az://acme/box', 'a/b.jpg'],
  ['https://box.obs.eu-de.otc.t-systems.com/a.jpg', 'obs://obs.eu-de.otc.t-systems.com/box', 'a.jpg'],
  ['https://media.example.com/box/a.jpg', 'https://media.example.com', 'box/a.jpg'],
])('%s is of the bucket %s', (objectUrl, bucket, key) => {
  expect(bucketKey(objectUrl)).toEqual({ bucket, key });
});
