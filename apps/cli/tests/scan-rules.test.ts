import { describe, expect, it } from 'vitest';
import { readFileKinds } from '../src/scan/file-kinds.js';
import { createKeyFilter } from '../src/scan/key-filter.js';
import { durationText } from '../src/scan/url-style.js';

describe('the kinds of files', () => {
  it.each([
    ['a/b.JPG', 'images'],
    ['a/b.nii.gz', 'nifti'],
    ['scan.v2.dcm', 'dicomSeries'],
    ['cloud.laz', 'scenes'],
    ['a.tar.gz', null],
    ['a.csv', null],
    ['images.d/README', null],
  ])('%s is %s', (key, kind) => {
    expect(readFileKinds([]).of(key)).toBe(kind);
  });

  it('takes the word of the user for an extension, and for what no extension tells', () => {
    const kinds = readFileKinds(['csv=timeSeries', '.json=pdf', 'image']);
    expect(['a.csv', 'a.json', 'a.mp4', 'README'].map((key) => kinds.of(key))).toEqual([
      'timeSeries',
      'pdfs',
      'videos',
      'images',
    ]);
  });
});

describe('filters', () => {
  const keys = ['a.jpg', 'x/a.jpg', 'x/y/b.png', 'x/y/[1].jpg', 'z/ä.jpg'];
  it.each([
    [['*.jpg'], [], ['a.jpg', 'x/a.jpg', 'x/y/[1].jpg', 'z/ä.jpg']],
    [['x/*'], [], ['x/a.jpg']],
    [['x/**'], [], ['x/a.jpg', 'x/y/b.png', 'x/y/[1].jpg']],
    [['**/a.jpg'], [], ['a.jpg', 'x/a.jpg']],
    [['?.{jpg,png}'], [], ['a.jpg', 'x/a.jpg', 'x/y/b.png', 'z/ä.jpg']],
    [['[1].jpg'], [], ['x/y/[1].jpg']],
    [[], ['x/**', 'a.*'], ['z/ä.jpg']],
  ])('include %j, exclude %j', (include, exclude, expected) => {
    expect(keys.filter(createKeyFilter({ include, exclude }))).toEqual(expected);
  });
});

it.each([
  [604_800, '7 days'],
  [86_400, '1 day'],
  [3_661, '1 h 1 min 1 s'],
])('%s seconds are %s', (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});
