/** One object of a list. */
export interface ListedObject {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** It has to be restored before it can be read. */
  readonly isArchived: boolean;
}

export interface ListPage {
  readonly objects: readonly ListedObject[];
  /** For `list`, to go on behind this page, also in another process; null: it is the last page. */
  readonly after: string | null;
}

/** One query parameter by its name, not encoded; none: the current version. */
export type ObjectVersion = Readonly<Record<string, string>>;

/** A bucket, a container or a directory, as the credentials of whoever runs this see it. */
export interface ObjectStore {
  /** What the keys of the URI begin with; empty for all. */
  readonly prefix: string;
  /** What `presign` grants at most; null: it cannot sign. */
  readonly maxExpirySeconds: number | null;
  /**
   * The objects whose keys begin with the prefix, page by page in the order of the store.
   * @param after of a page of a list with the same prefix
   * @throws {ObjectStoreError} on iteration; the reason of the signal
   */
  list(prefix: string, after?: string | null, signal?: AbortSignal): AsyncIterable<ListPage>;
  /**
   * A URL that lets whoever has it read the object for so long, or until the session ends that it was signed in.
   * Opens nothing: that the object exists, and that the credentials may read it, shows when the URL is used.
   * @param version which one, as the store's own parameter: `versionId`, `generation`, or of Azure `versionid` or `snapshot`
   * @throws {ObjectStoreError} without credentials; {PresignError} for a time or a key that cannot be signed
   */
  presign(key: string, expiresInSeconds: number, version?: ObjectVersion): Promise<string>;
  /** The URL of the object without a signature. */
  objectUrl(key: string): string;
  /** When the credentials end that `presign` used last, and with them what it signed; null: not by themselves. */
  sessionEnd(): Date | null;
}

export interface StoreOptions {
  /** For stores with an address of their own, such as MinIO, Wasabi or R2: `https://host`. */
  readonly endpoint?: string | undefined;
  /** Else from the environment, else asked of S3. */
  readonly region?: string | undefined;
  /** `endpoint/bucket` in place of `bucket.endpoint`; true unless given where there is an `endpoint`. */
  readonly pathStyle?: boolean | undefined;
  /** Of a directory: what its files are served under. */
  readonly baseUrl?: string | undefined;
  /** Where credentials are looked for first. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The clock, in epoch milliseconds. */
  readonly now?: (() => number) | undefined;
}
