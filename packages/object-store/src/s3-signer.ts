import { type BucketPlace, bucketAddress, unsignedUrl } from '@latchkey/locator/presign/bucket-address';
import type { Presigner, PresignRequest } from '@latchkey/locator/presign/presigner';
import { createPresigner } from '@latchkey/locator/sigv4/presigner';
import type { AccessKey, AccessKeySource } from './aws-credentials.js';
import type { StoreOptions } from './object-store.js';
import type { S3Region } from './s3-region.js';

/** Signs for one bucket, anew whenever its region or the credentials turn out to be others than before. */
export class S3Signer {
  readonly #bucket: string;
  readonly #options: StoreOptions;
  readonly #region: S3Region;
  readonly #accessKeys: AccessKeySource;
  #key: AccessKey | null = null;
  #signsIn: string | null = null;
  #presign: Presigner | null = null;

  constructor(bucket: string, options: StoreOptions, region: S3Region, accessKeys: AccessKeySource) {
    this.#bucket = bucket;
    this.#options = options;
    this.#region = region;
    this.#accessKeys = accessKeys;
  }

  async sign(key: string | null, request: PresignRequest): Promise<string> {
    const accessKey = await this.#accessKeys();
    const region = this.#region.name;
    if (this.#presign === null || accessKey !== this.#key || region !== this.#signsIn) {
      this.#presign = this.#createPresigner(accessKey, region);
      this.#key = accessKey;
      this.#signsIn = region;
    }
    return this.#presign(key, request);
  }

  objectUrl(key: string): string {
    return unsignedUrl(bucketAddress(this.#placeIn(this.#region.name)), key);
  }

  sessionEnd(): Date | null {
    return this.#key?.expiration ?? null;
  }

  #createPresigner({ accessKeyId, secretAccessKey, sessionToken }: AccessKey, region: string): Presigner {
    const session = sessionToken === undefined ? {} : { sessionToken };
    const { now = Date.now } = this.#options;
    return createPresigner({
      ...this.#placeIn(region),
      accessKeyId,
      secretAccessKey,
      ...session,
      region,
      now,
    });
  }

  #placeIn(region: string): BucketPlace {
    const { endpoint, pathStyle } = this.#options;
    const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
    return {
      endpoint: endpoint ?? `https://s3.${region}.${domain}`,
      bucket: this.#bucket,
      // A name with dots is not covered by the certificate of *.s3.amazonaws.com.
      pathStyle: pathStyle ?? (endpoint !== undefined || this.#bucket.includes('.')),
    };
  }
}
