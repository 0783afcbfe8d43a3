import { type DemoObject, demoMedia } from '@latchkey/bucket/demo-media';
import { type Bucket, startBucket } from '@latchkey/bucket/start-bucket';
import { createPresigner } from '@latchkey/locator/sigv4/presigner';

const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'a secret of the test' };

export interface MediaBucket {
  readonly bucket: Bucket;
  readonly media: readonly DemoObject[];
  /** The demo's media, signed for an hour. */
  readonly manifest: Readonly<Record<string, readonly object[]>>;
}

/** A verifying bucket filled with the demo's real media, and a signed manifest of it. */
export async function startMediaBucket(directory: string): Promise<MediaBucket> {
  const bucket = await startBucket({ bucket: 'media', directory, allowedOrigins: 'any', ...credentials });
  const sign = createPresigner({
    endpoint: bucket.origin,
    bucket: 'media',
    region: 'us-east-1',
    pathStyle: true,
    now: Date.now,
    ...credentials,
  });
  const media = demoMedia();
  const manifest: Record<string, object[]> = {};
  for (const { kind, filePath, key, contentType, ...unit } of media) {
    await bucket.putObject(key, filePath, contentType);
    manifest[kind] = [
      ...(manifest[kind] ?? []),
      { ...unit, objectUrl: sign(key, { expiresInSeconds: 3600 }) },
    ];
  }
  return { bucket, media, manifest };
}
