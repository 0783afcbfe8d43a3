import { writeTexts } from './lines-file.js';
import { type Unit, unitsOf, type Workload } from './units.js';

export interface ManifestFile {
  readonly path: string;
  readonly bytes: number;
  readonly units: number;
}

/** Writes the workload as one JSON object, the flag behind the array. */
export async function writeManifest(
  path: string,
  workload: Workload,
  flags: { readonly skipDuplicateUrls: boolean },
): Promise<ManifestFile> {
  const bytes = await writeTexts(path, textsOf(workload, flags.skipDuplicateUrls));
  return { path, bytes, units: workload.items };
}

function* textsOf(workload: Workload, skipDuplicateUrls: boolean): Generator<string, void, undefined> {
  const isVideo = workload.kind === 'videos';
  let separator = `{"${workload.kind}":[\n`;
  for (const unit of unitsOf(workload)) {
    yield separator + elementOf(unit, isVideo);
    separator = ',\n';
  }
  yield `\n],"skip_duplicate_urls":${skipDuplicateUrls}}\n`;
}

function elementOf(unit: Unit, isVideo: boolean): string {
  const media = `"mimeType":"${unit.mimeType}","fileSize":${unit.fileSize},"width":${unit.width},"height":${unit.height}`;
  const metadata = isVideo
    ? `"videoMetadata":{${media},"fps":25,"duration":12.5}`
    : `"imageMetadata":{${media}}`;
  return `{"objectUrl":"${unit.objectUrl}","title":"${unit.title}",${metadata},"clientMetadata":${unit.clientMetadata}}`;
}
