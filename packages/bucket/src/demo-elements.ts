import type { DemoObject } from './demo-media.js';
import type { DemoScene } from './demo-scene.js';

/** The elements of a manifest by its arrays, with a URL for each key; the composed scene comes first. The files of a series become one element. */
export function demoElements(
  objects: readonly DemoObject[],
  scene: DemoScene | null,
  urlOf: (key: string) => string,
): Record<string, object[]> {
  const manifest: Record<string, object[]> = scene ? { scenes: [scene.unit(urlOf)] } : {};
  const seriesFiles = new Map<string, object[]>();
  for (const object of objects) {
    const { key, kind, title, contentType: _, filePath: __, clientMetadata, ...metadata } = object;
    const elements = manifest[kind] ?? [];
    manifest[kind] = elements;
    if (kind !== 'dicom_series') {
      elements.push({ objectUrl: urlOf(key), title, ...metadata, clientMetadata });
      continue;
    }
    const file = { url: urlOf(key), title: key.slice(key.lastIndexOf('/') + 1), ...metadata };
    const dicomFiles = seriesFiles.get(title) ?? [];
    if (dicomFiles.push(file) > 1) continue;
    seriesFiles.set(title, dicomFiles);
    elements.push({ title, clientMetadata, dicomFiles });
  }
  return manifest;
}
