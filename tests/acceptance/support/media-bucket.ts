import { type DemoObject, demoMedia } from '@latchkey/bucket/demo-media';
import { demoScene } from '@latchkey/bucket/demo-scene';
import { type Bucket, startBucket } from '@latchkey/bucket/start-bucket';
import { createPresigner } from '@latchkey/locator/sigv4/presigner';

const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'a secret of the test' };

export interface MediaBucket {
  readonly bucket: Bucket;
  /** A URL of an object that is signed for that many seconds. */
  readonly sign: (key: string, expiresInSeconds: number) => string;
  readonly media: readonly DemoObject[];
  /** The demo's media, signed for an hour. */
  readonly manifest: Readonly<Record<string, readonly object[]>>;
}

const plainKinds = ['images', 'videos', 'audio', 'text', 'pdfs'] as const;

/** A verifying bucket filled with the demo's real media of these kinds, and a signed manifest of it. */
export async function startMediaBucket(
  directory: string,
  kinds: readonly DemoObject['kind'][] = plainKinds,
): Promise<MediaBucket> {
  const bucket = await startBucket({ bucket: 'media', directory, allowedOrigins: 'any', ...credentials });
  const sign = createPresigner({
    endpoint: bucket.origin,
    bucket: 'media',
    region: 'us-east-1',
    pathStyle: true,
    now: Date.now,
    ...credentials,
  });
  const urlOf = (key: string, expiresInSeconds = 3600) => sign(key, { expiresInSeconds });
  const media = demoMedia().filter(({ kind }) => kinds.includes(kind));
  const manifest: Record<string, object[]> = {};
  if (kinds.includes('scenes')) {
    const scene = demoScene();
    for (const { key, filePath, contentType } of scene.files)
      await bucket.putObject(key, filePath, contentType);
    manifest['scenes'] = [scene.unit(urlOf)];
  }
  for (const { kind, filePath, key, contentType, ...unit } of media) {
    await bucket.putObject(key, filePath, contentType);
    manifest[kind] = [...(manifest[kind] ?? []), { ...unit, objectUrl: urlOf(key) }];
  }
  return { bucket, sign: urlOf, media, manifest };
}
