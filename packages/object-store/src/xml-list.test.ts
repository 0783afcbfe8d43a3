import { describe, expect, it } from 'vitest';
import { readBlobList, readBucketList } from './xml-list.js';

const contents = (key: string, storageClass = 'STANDARD'): string =>
  `<Contents><Key>${key}</Key><Size>5</Size><Owner><ID>1</ID></Owner><StorageClass>${storageClass}</StorageClass></Contents>`;

describe('readBucketList', () => {
  it('reads escaped keys, and goes on behind the last one', () => {
    const xml = `<ListBucketResult><IsTruncated>true</IsTruncated>${contents('a&lt;&#x1F600;&#233;+b')}${contents('z', 'GLACIER')}</ListBucketResult>`;
    expect(readBucketList(xml, false)).toEqual({
      objects: [
        { key: 'a<😀é+b', size: 5, isArchived: false },
        { key: 'z', size: 5, isArchived: true },
      ],
      after: 'z',
    });
  });

  it('reads keys of encoding-type=url', () => {
    const xml = `<ListBucketResult><IsTruncated>false</IsTruncated>${contents('a+b%2Bc/%25')}</ListBucketResult>`;
    expect(readBucketList(xml, true)).toEqual({
      objects: [{ key: 'a b+c/%', size: 5, isArchived: false }],
      after: null,
    });
  });
});

describe('readBlobList', () => {
  it('reads blobs, leaves out directories and takes the marker', () => {
    const blob = (name: string, more = ''): string =>
      `<Blob><Name>${name}</Name><Properties><Content-Length>7</Content-Length>${more}</Properties></Blob>`;
    const xml =
      `<EnumerationResults><Blobs>${blob('a.jpg', '<AccessTier>Archive</AccessTier>')}` +
      `${blob('folder', '<ResourceType>directory</ResourceType>')}</Blobs><NextMarker>2!x</NextMarker></EnumerationResults>`;
    expect(readBlobList(xml)).toEqual({
      objects: [{ key: 'a.jpg', size: 7, isArchived: true }],
      after: '2!x',
    });
  });
});
