import { expect, test } from 'vitest';
import { demoElements } from './demo-elements.js';
import { demoMedia } from './demo-media.js';

const elements = demoElements(demoMedia(), null, (key) => `https://data.example.com/${key}`);

test('each file is named once by its URL', () => {
  const urls = JSON.stringify(elements).match(/https:\/\/data\.example\.com\/[^"]+/g) ?? [];
  expect(urls.sort()).toEqual(
    demoMedia()
      .map(({ key }) => `https://data.example.com/${key}`)
      .sort(),
  );
});

test('the files of a series are one element, in their order', () => {
  expect(elements['dicom_series']).toHaveLength(1);
  const [series] = elements['dicom_series'] as {
    title: string;
    dicomFiles: { title: string; url: string }[];
  }[];
  expect(series).toMatchObject({ title: 'Head phantom, CT', clientMetadata: { scene: 'phantom' } });
  expect(series?.dicomFiles).toHaveLength(24);
  expect(series?.dicomFiles[1]).toMatchObject({
    url: 'https://data.example.com/dicom_series/head-phantom/02.dcm',
    title: '02.dcm',
    dicomMetadata: { tags: { '00200013': { vr: 'IS', Value: [2] } } },
  });
});
