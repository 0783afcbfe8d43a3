import { escapeAll } from '@latchkey/locator/normalize';
import { type BucketAddress, bucketAddress } from '@latchkey/locator/presign/bucket-address';
import { createHeaderSigner, type HeaderSigner } from '@latchkey/locator/sigv4/header-signer';
import type { Pool } from 'undici';
import { createPool, type HttpLimits, type SignedRequest, sendRequest } from './http-origin.js';
import type { AnswerSink, ObjectRequest, Origin, OriginCall, OriginError } from './origin.js';

export interface S3OriginConfig {
  /** Scheme, host and optional port. Null: that of AWS for the region. */
  endpoint: string | null;
  bucket: string;
  /** Put before every key. */
  prefix: string;
  region: string;
  /** True: `endpoint/bucket/key`; false: `bucket.endpoint/key`. */
  pathStyle: boolean;
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string | null;
  /** Sent with every request, unsigned. */
  headers?: Readonly<Record<string, string>>;
}

interface Place {
  pool: Pool;
  address: BucketAddress;
  signer: HeaderSigner;
  region: string;
}

/** A bucket of S3, of a clone, or of Google with an HMAC key. Where the bucket says that it is in another region, there. */
export class S3Origin implements Origin {
  readonly identity: string;
  readonly #config: S3OriginConfig;
  readonly #limits: HttpLimits;
  readonly #now: () => number;
  #place: Place;

  constructor(config: S3OriginConfig, limits: HttpLimits, now: () => number) {
    this.#config = config;
    this.#limits = limits;
    this.#now = now;
    this.identity = `s3 ${config.endpoint ?? 'aws'} ${config.bucket} ${config.prefix}`;
    this.#place = this.#placeIn(config.region);
  }

  fetch(request: ObjectRequest, sink: AnswerSink): OriginCall {
    const asked = this.#place;
    let call = this.#send(request, {
      ...forward(sink),
      onError: (error) => {
        if (!this.#follow(error, asked)) return sink.onError(error);
        call = this.#send(request, sink);
      },
    });
    return { resume: () => call.resume(), abort: () => call.abort() };
  }

  close(): Promise<void> {
    return this.#place.pool.close();
  }

  #send(request: ObjectRequest, sink: AnswerSink): OriginCall {
    const place = this.#place;
    return sendRequest(place.pool, request, () => this.#sign(place, request), sink);
  }

  #sign({ address, signer }: Place, request: ObjectRequest): SignedRequest {
    const path = address.pathOf(this.#config.prefix + request.key);
    const query = request.query
      .map(([name, value]) => `${escapeAll(name)}=${escapeAll(value)}`)
      .sort()
      .join('&');
    const headers = signer({ method: request.method, host: address.host, path, query }, this.#now());
    return {
      path: query === '' ? path : `${path}?${query}`,
      headers: { ...headers, ...this.#config.headers },
    };
  }

  /** Whether the bucket told another region than that in which it was asked. */
  #follow({ region, status }: OriginError, asked: Place): boolean {
    const mayTell = status === 301 || status === 307 || status === 400;
    if (!mayTell || region === null || region === asked.region) return false;
    // Told to a request that was under way at the same time.
    if (region === this.#place.region) return true;
    const before = this.#place;
    this.#place = this.#placeIn(region);
    // Closed softly: what runs on it goes on.
    before.pool.close().catch(() => undefined);
    return true;
  }

  #placeIn(region: string): Place {
    const { endpoint, bucket, pathStyle, accessKeyId, secretAccessKey, sessionToken } = this.#config;
    const address = bucketAddress({ endpoint: endpoint ?? awsEndpoint(region), bucket, pathStyle });
    return {
      pool: createPool(address.origin, this.#limits),
      address,
      signer: createHeaderSigner({ region, accessKeyId, secretAccessKey, sessionToken }),
      region,
    };
  }
}

function awsEndpoint(region: string): string {
  return `https://s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
}

const forward = (sink: AnswerSink): Omit<AnswerSink, 'onError'> => ({
  onHead: (head) => sink.onHead(head),
  onData: (chunk) => sink.onData(chunk),
  onEnd: () => sink.onEnd(),
});
