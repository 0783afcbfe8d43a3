import { describe, expect, test } from 'vitest';
import { countedSource, paddedSource } from '../testing/counted-source.js';
import { readTimeSeries } from './read-time-series.js';

const encode = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => readTimeSeries(countedSource(encode(text)));

describe('readTimeSeries', () => {
  test('says size and type', async () => {
    const text = 'time_s,temperature,pressure\n0,20.1,1013\n1,20.2,1012\n';
    expect(await read(text)).toEqual({
      metadata: { fileSize: text.length, mimeType: 'text/csv' },
      facts: { timeColumn: 'time_s', channels: 2 },
    });
  });

  test.each([
    ['t', 'temperature,t\n20,0\n'],
    ['timestamp_iso', 'value,timestamp_iso\n1,2024-05-01T10:00:00Z\n'],
    ['Time', 'id,Time,x\na,2024-05-01 10:00:00.5,1\n'],
    ['elapsed', 'elapsed,temperature\n0,20\n'],
    ['time, local', '"time, local";x\n"1";2\n'],
    ['t', 't\tx\r\n0\t1\r\n'],
    ['t', 't,x\n,1\n2,\n'],
  ])('takes %s for the column of times', async (timeColumn, text) => {
    expect((await read(text)).facts?.['timeColumn']).toBe(timeColumn);
  });

  test('reads what spreadsheets write: a mark, UTF-16, quotes with line breaks', async () => {
    expect((await read('\ufefft,"a ""quoted""\nheading"\r\n0,1\r\n')).facts?.['channels']).toBe(1);
    const text = '\ufefft;x\r\n0;1\r\n';
    const utf16 = new Uint8Array(new Uint16Array([...text].map((letter) => letter.charCodeAt(0))).buffer);
    expect((await readTimeSeries(countedSource(utf16))).facts?.['timeColumn']).toBe('t');
  });

  test('reads 64 KiB of a large file', async () => {
    const source = paddedSource(encode(`t,x\n${'0,1\n'.repeat(20_000)}`), 50_000_000);
    expect((await readTimeSeries(source)).metadata).toEqual({ fileSize: 50_000_000, mimeType: 'text/csv' });
    expect(source).toMatchObject({ reads: 1, bytesRead: 65_536 });
  });

  test.each([
    ['no header row', '0,1\n1,2\n', 'first row holds values'],
    ['no header row above dates', '2024-01-01,2\n2024-01-02,3\n', 'first row holds values'],
    ['no column of times', 'name,x\nanna,1\nbert,2\n', '"name" holds "anna"'],
    ['one column', 't\n1\n2\n', 'the one column "t"'],
    ['no rows', 't,x\n', 'no other'],
    ['blank lines', '\n\n \n', 'no row at all'],
  ])('says that there is %s', async (_, text, message) => {
    await expect(read(text)).rejects.toMatchObject({
      code: 'wrong_type',
      message: expect.stringContaining(message),
    });
  });

  test('refuses a heading that stands twice', async () => {
    await expect(read('t,x,x\n0,1,2\n')).rejects.toMatchObject({ code: 'corrupt' });
  });

  test('refuses an empty object and a binary one', async () => {
    await expect(read('')).rejects.toMatchObject({ code: 'empty' });
    const png = readTimeSeries(
      countedSource(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0])),
    );
    await expect(png).rejects.toMatchObject({ code: 'wrong_type', message: expect.stringContaining('PNG') });
  });

  test('refuses a first row without end', async () => {
    const source = countedSource(encode(`t,${'x'.repeat(100_000)}\n0,1\n`));
    await expect(readTimeSeries(source)).rejects.toMatchObject({ code: 'wrong_type' });
  });
});
