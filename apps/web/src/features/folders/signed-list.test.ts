import { compileGateways } from '@latchkey/locator/gateways';
import { expect, test } from 'vitest';
import { listToSign, readSignedList } from './signed-list.js';

const now = Date.parse('2026-03-01T12:00:00Z');
const uuid = (number: number) => `019b0000-0000-7000-8000-00000000000${number}`;
const integrationHash = uuid(9);
const items = [
  {
    uuid: uuid(1),
    name: 'cat, "big"',
    url: 'https://acme.s3.eu-west-2.amazonaws.com/cat.jpg',
    integrationHash,
  },
  {
    uuid: uuid(2),
    name: '=dog',
    url: 'https://s3.eu-west-2.amazonaws.com/acme/dog.jpg',
    integrationHash,
  },
];
const gateways = new Map([
  [integrationHash, compileGateways([{ url: 'https://data.acme.example/', bucketUrl: 's3://acme/' }])],
]);
const sign = (url: string, date = '20260301T110000Z') =>
  `${url}?X-Amz-Credential=c&X-Amz-Date=${date}&X-Amz-Expires=86400&X-Amz-Signature=ab12`;
const read = (text: string) => readSignedList(new TextEncoder().encode(text), items, gateways, now);

test('the list that was downloaded reads back once its URLs are signed', () => {
  const signed = listToSign(items).replace(/"(https:[^"]*)"/g, (_, url: string) => `"${sign(url)}"`);
  const { urls, problems, otherObjects } = read(signed);
  expect({ problems, otherObjects }).toEqual({ problems: [], otherObjects: [] });
  expect([...urls]).toEqual(items.map((item) => [item.uuid, sign(item.url)]));
});

test('the list tells when the first of its URLs dies', () => {
  const rows = [sign(items[0]?.url ?? ''), sign(items[1]?.url ?? '', '20260301T090000Z')];
  const text = rows.map((url, index) => `${uuid(index + 1)},${url}\n`).join('');
  expect(read(`itemUuid,objectUrl\n${text}`).firstEnd).toBe(Date.parse('2026-03-02T09:00:00Z'));
  expect(read(`itemUuid,objectUrl\n${uuid(1)},https://data.acme.example/cat.jpg\n`).firstEnd).toBeNull();
});

test('a name that a spreadsheet would take for a formula begins with a quote', () => {
  expect(listToSign(items)).toContain(`"'=dog"`);
});

test('columns may stand in another order, with other columns and separators', () => {
  const { urls } = read(`objecturl;note;ITEMUUID\n${sign(items[0]?.url ?? '')};x;${uuid(1)}\n`);
  expect([...urls.keys()]).toEqual([uuid(1)]);
});

test('a URL in another style of the same bucket is of the same object', () => {
  const virtual = sign('https://acme.s3.amazonaws.com/dog.jpg');
  expect(read(`itemUuid,objectUrl\n${uuid(2)},${virtual}\n`).otherObjects).toEqual([]);
});

test('a URL at a gateway is of the object in the bucket that the gateway stands for', () => {
  const row = (number: number, url: string) => `itemUuid,objectUrl\n${uuid(number)},${url}\n`;
  expect(read(row(2, 'https://data.acme.example/dog.jpg'))).toMatchObject({ problems: [], otherObjects: [] });
  expect(read(row(2, 'https://data.acme.example/cat.jpg')).otherObjects).toEqual(['=dog']);
});

test('a URL of another object is named by its item', () => {
  const other = sign('https://acme.s3.amazonaws.com/wolf.jpg');
  expect(read(`itemUuid,objectUrl\n${uuid(2)},${other}\n`).otherObjects).toEqual(['=dog']);
});

test.each([
  [
    'of an item that was not selected',
    `${uuid(3)},${sign('https://h/a')}`,
    'not one of those that were selected',
  ],
  ['without a UUID', `x,${sign('https://h/a')}`, 'not a UUID'],
  ['that is not signed', `${uuid(1)},${items[0]?.url}`, 'not signed yet'],
  ['that is dead', `${uuid(1)},${sign(items[0]?.url ?? '', '20260101T000000Z')}`, 'expired already'],
  ['that is no URL', `${uuid(1)},cat.jpg`, 'not an object URL'],
  [
    'of an item that is listed twice',
    `${uuid(1)},${sign('https://h/a')}\n${uuid(1)},${sign('https://h/a')}`,
    'twice',
  ],
])('a row %s is refused by its line, without its URL', (_case, row, message) => {
  const { problems } = read(`itemUuid,objectUrl\n${row}\n`);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(/^Line [23]: /);
  expect(problems[0]).toContain(message);
  expect(problems[0]).not.toContain('ab12');
});

test('a table without the headings is refused', () => {
  expect(() => read('a,b\n1,2\n')).toThrow('itemUuid and objectUrl');
});
