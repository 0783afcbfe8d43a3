import { demoElements } from '@latchkey/bucket/demo-elements';
import { type DemoObject, demoMedia } from '@latchkey/bucket/demo-media';
import { demoScene } from '@latchkey/bucket/demo-scene';
import { type Bucket, type BucketOptions, startBucket } from '@latchkey/bucket/start-bucket';
import { createPresigner } from '@latchkey/locator/sigv4/presigner';

export const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'a secret of the test' };

export interface MediaBucket {
  readonly bucket: Bucket;
  readonly media: readonly DemoObject[];
  /** The demo's media, signed for an hour. */
  readonly manifest: Readonly<Record<string, readonly object[]>>;
  /** A signed URL for a key, good for an hour from now unless said otherwise; `at` in milliseconds. */
  readonly sign: (key: string, expiresInSeconds?: number, at?: number) => string;
}

const plainKinds = ['images', 'videos', 'audio', 'text', 'pdfs'] as const;

/** A verifying bucket filled with the demo's real media of some kinds, and a signed manifest of it. */
export async function startMediaBucket(
  directory: string,
  kinds: readonly DemoObject['kind'][] = plainKinds,
  allowedOrigins: readonly string[] | 'any' = 'any',
  options: Pick<BucketOptions, 'bytesPerSecond' | 'now'> = {},
): Promise<MediaBucket> {
  const bucket = await startBucket({
    bucket: 'media',
    directory,
    allowedOrigins,
    ...credentials,
    ...options,
  });
  const place = { endpoint: bucket.origin, bucket: 'media', region: 'us-east-1', pathStyle: true };
  const sign = (key: string, expiresInSeconds = 3600, at = Date.now()) =>
    createPresigner({ ...place, ...credentials, now: () => at })(key, { expiresInSeconds });
  const media = demoMedia().filter(({ kind }) => kinds.includes(kind));
  const scene = kinds.includes('scenes') ? demoScene() : null;
  for (const { key, filePath, contentType } of [...media, ...(scene?.files ?? [])])
    await bucket.putObject(key, filePath, contentType);
  return { bucket, media, manifest: demoElements(media, scene, (key) => sign(key)), sign };
}
