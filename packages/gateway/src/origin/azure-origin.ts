import { azureBlobUrl, createAzurePresigner } from '@latchkey/locator/presign/azure-presigner';
import type { Presigner } from '@latchkey/locator/presign/presigner';
import type { Pool } from 'undici';
import { createPool, type HttpLimits, sendRequest } from './http-origin.js';
import type { AnswerSink, ObjectRequest, Origin, OriginCall } from './origin.js';

export interface AzureOriginConfig {
  account: string;
  container: string;
  /** `https://<account>.blob.core.windows.net`, or that of an emulator. */
  endpoint: string;
  /** Put before every key. */
  prefix: string;
  /** In Base64. */
  accountKey: string;
}

/** Each request has a signature of its own, which only has to arrive. */
const signatureSeconds = 900;

/** A container of Azure, opened by a service SAS that the gateway signs for each request. */
export class AzureOrigin implements Origin {
  readonly identity: string;
  readonly #prefix: string;
  readonly #origin: string;
  readonly #pool: Pool;
  readonly #presign: Presigner;

  /** @throws {PresignError} for settings that make no URL */
  constructor(config: AzureOriginConfig, limits: HttpLimits, now: () => number) {
    this.identity = `azure ${config.endpoint} ${config.container} ${config.prefix}`;
    this.#prefix = config.prefix;
    this.#origin = new URL(azureBlobUrl({ ...config, now })(null)).origin;
    this.#presign = createAzurePresigner({ ...config, now });
    this.#pool = createPool(this.#origin, limits);
  }

  fetch(request: ObjectRequest, sink: AnswerSink): OriginCall {
    const { method, key, query } = request;
    return sendRequest(
      this.#pool,
      request,
      () => {
        const url = this.#presign(this.#prefix + key, {
          expiresInSeconds: signatureSeconds,
          method,
          params: Object.fromEntries(query),
        });
        return { path: url.slice(this.#origin.length), headers: {} };
      },
      sink,
    );
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}
