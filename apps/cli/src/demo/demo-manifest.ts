import { demoElements } from '@latchkey/bucket/demo-elements';
import type { DemoObject } from '@latchkey/bucket/demo-media';
import type { DemoScene } from '@latchkey/bucket/demo-scene';
import type { Bucket } from '@latchkey/bucket/start-bucket';
import { createPresigner } from '@latchkey/locator/sigv4/presigner';

export interface BucketKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export const demoRegion = 'eu-west-1';
export const demoExpiryHours = 12;

/** The manifest of the demo's objects and its composed scene: URLs signed with the bucket's key, and the metadata that strict access needs. */
export function demoManifest(
  objects: readonly DemoObject[],
  scene: DemoScene,
  bucket: Pick<Bucket, 'origin' | 'bucket'>,
  key: BucketKey,
): Record<string, object[]> {
  const presign = createPresigner({
    endpoint: bucket.origin,
    bucket: bucket.bucket,
    region: demoRegion,
    ...key,
    pathStyle: true,
    now: Date.now,
  });
  const urlOf = (objectKey: string) => presign(objectKey, { expiresInSeconds: demoExpiryHours * 3600 });
  return demoElements(objects, scene, urlOf);
}
