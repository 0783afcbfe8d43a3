import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type DemoObject, demoMedia } from './demo-media.js';
import { demoScene } from './demo-scene.js';

const MEDIA = fileURLToPath(new URL('../media', import.meta.url));

const sizeOf = (object: DemoObject) => statSync(object.filePath).size;

function metadataOf(object: DemoObject): { fileSize: number; mimeType?: string } {
  switch (object.kind) {
    case 'images':
      return object.imageMetadata;
    case 'videos':
      return object.videoMetadata;
    case 'audio':
      return object.audioMetadata;
    case 'text':
      return object.textMetadata;
    case 'pdfs':
      return object.pdfMetadata;
    case 'scenes':
      return object.pointCloudMetadata;
    case 'time_series':
      return object.timeSeriesMetadata;
    case 'nifti':
      return object.niftiMetadata;
    // A DICOM file is described by its tags alone.
    case 'dicom_series':
      return { fileSize: sizeOf(object), mimeType: 'application/dicom' };
  }
}

describe('the demo media', () => {
  it('list every file of the folders once', () => {
    const files = readdirSync(MEDIA, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.parentPath !== MEDIA)
      .map((entry) => join(entry.parentPath, entry.name));

    expect([...demoMedia(), ...demoScene().files].map(({ filePath }) => filePath).sort()).toEqual(
      files.sort(),
    );
  });

  it.each(demoMedia())('state the size, type and facts of $key', (object) => {
    const metadata = metadataOf(object);

    expect(metadata.fileSize).toBe(sizeOf(object));
    expect(metadata.mimeType ?? 'application/pdf').toBe(object.contentType);
    expect(Object.values(metadata).every((value) => value !== null && value !== 0 && value !== '')).toBe(
      true,
    );
    expect(object.key.startsWith(`${object.kind}/`)).toBe(true);
    expect(object.clientMetadata['licence']).toBe('CC0-1.0');
  });

  it('state the size in pixels that the PNG headers have', () => {
    for (const object of demoMedia()) {
      const bytes = readFileSync(object.filePath);
      if (object.kind !== 'images' || object.contentType !== 'image/png') continue;
      expect([object.imageMetadata.width, object.imageMetadata.height]).toEqual([
        bytes.readUInt32BE(16),
        bytes.readUInt32BE(20),
      ]);
    }
  });

  it('state the tags that a volume needs, in each file of the series', () => {
    const files = demoMedia().filter((object) => object.kind === 'dicom_series');
    const positions = files.map(({ dicomMetadata: { tags } }) => {
      expect(tags).toMatchObject({ '00280010': { vr: 'US', Value: [128] }, '00200037': { vr: 'DS' } });
      expect(Object.keys(tags)).toHaveLength(22);
      return (tags['00200032'] as { Value: number[] }).Value[2];
    });

    expect(positions).toEqual(files.map((_, index) => -69 + index * 6));
  });

  it('hold each kind in under 2.5 MB', () => {
    const media = demoMedia();
    const total = media.reduce((sum, object) => sum + metadataOf(object).fileSize, 0);

    expect(new Set(media.map(({ kind }) => kind)).size).toBe(9);
    expect(total).toBeLessThan(2_500_000);
  });
});
