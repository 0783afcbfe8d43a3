import { describe, expect, it } from 'vitest';
import { bytesSource } from '../src/blob-source.js';
import { probe } from '../src/probe.js';
import type { ProbeKind } from '../src/probe-kind.js';
import { readMedia } from './media-files.js';

const latin1 = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const padded = (at: number, text: string) => latin1(`${'\0'.repeat(at)}${text}${'\0'.repeat(64)}`);

describe('an object of another type', () => {
  it.each<[ProbeKind, string, Uint8Array, string]>([
    ['image', 'a PDF', latin1('%PDF-1.7\n'), 'Expected an image, found a PDF document.'],
    [
      'image',
      'a PDF behind other bytes',
      latin1('junk\n%PDF-1.7\n%\xe2\xe3\xcf\xd3\n'),
      'Expected an image, found a PDF document.',
    ],
    ['pdf', 'a PNG', readMedia('picture.png'), 'Expected a PDF document, found a PNG image.'],
    ['image', 'a text', latin1('hello'), 'Expected an image, found a text.'],
    ['image', 'an error page', latin1('<!DOCTYPE html><title>x'), 'Expected an image, found an HTML page.'],
    [
      'image',
      'an error of S3',
      latin1('<?xml version="1.0"?><Error/>'),
      'Expected an image, found an XML document.',
    ],
    ['video', 'an MP3', readMedia('sound.mp3'), 'Expected a video, found an MP3 file.'],
    ['video', 'M4A', readMedia('sound.m4a'), 'Expected a video, found an MPEG-4 audio file.'],
    ['audio', 'a JPEG', readMedia('photo.jpg'), 'Expected an audio file, found a JPEG image.'],
    [
      'audio',
      'a silent WebM',
      readMedia('clip.webm'),
      'Expected an audio file, found a Matroska or WebM file without an audio track.',
    ],
    ['text', 'a DICOM file', padded(128, 'DICM'), 'Expected a text, found a DICOM file.'],
    ['audio', 'a NIfTI volume', padded(344, 'n+1\0'), 'Expected an audio file, found a NIfTI volume.'],
    [
      'video',
      'a PCD',
      latin1('# .PCD v0.7\nVERSION 0.7\nFIELDS x y z\n'),
      'Expected a video, found a PCD point cloud.',
    ],
    ['image', 'a PLY', latin1('ply\nformat ascii 1.0\n'), 'Expected an image, found a PLY point cloud.'],
    ['image', 'a LAS', latin1(`LASF${'\0'.repeat(300)}`), 'Expected an image, found a LAS point cloud.'],
    [
      'image',
      'a ZIP',
      latin1(`PK\x03\x04${'\0'.repeat(60)}`),
      'Expected an image, found a file of type application/zip.',
    ],
    [
      'image',
      'nothing known',
      latin1('\x00\x01\x02\x03\x04'),
      'Expected an image, found bytes of an unknown format.',
    ],
  ])('%s: %s is named', async (kind, _what, bytes, message) => {
    const error = await probe(kind, bytesSource(bytes)).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'ProbeError', code: 'wrong_type', message });
  });
});

describe('a format that is not measured', () => {
  it.each<[ProbeKind, Uint8Array, string]>([
    ['video', readMedia('clip.avi'), 'an AVI video'],
    ['video', latin1('FLV\x01\x05\0\0\0\x09'), 'an FLV video'],
    ['video', latin1('\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9'), 'a Windows Media file'],
    ['video', latin1('\0\0\x01\xba\x44'), 'an MPEG program stream'],
    ['video', latin1(`G${'\0'.repeat(187)}G${'\0'.repeat(187)}G`), 'an MPEG transport stream'],
    ['image', latin1('<svg xmlns="http://www.w3.org/2000/svg" width="5"/>'), 'an SVG image'],
    ['audio', latin1('FORM\0\0\0\x10AIFF'), 'an AIFF file'],
  ])('%s: is named', async (kind, bytes, name) => {
    const error = await probe(kind, bytesSource(bytes)).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'unsupported', message: expect.stringContaining(name) as string });
  });
});

it.each([
  'The wide road',
  'See mdat',
  'A header is %PDF-1.7.',
  `G${'a'.repeat(187)}G${'a'.repeat(187)}G`,
  'ID3 or not',
])('takes no text for media because of how it begins: %.20s', async (text) => {
  expect(await probe('text', bytesSource(latin1(text)))).toMatchObject({ mimeType: 'text/plain' });
});

it('says that an object without bytes is empty', async () => {
  const error = await probe('image', bytesSource(new Uint8Array(0))).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'empty' });
});
