export type PresignedMethod = 'GET' | 'HEAD' | 'PUT' | 'DELETE';

export interface PresignRequest {
  /** Whole seconds from 1 on; the most is 7 days, or what the kind of signature allows. */
  expiresInSeconds: number;
  /** GET unless another is named. */
  method?: PresignedMethod;
  /** Further query parameters of the URL, not encoded; signed where the kind of signature covers them. */
  params?: Readonly<Record<string, string>>;
}

/**
 * Makes a URL that opens one object, or with the key null the bucket itself, as for listing it. Throws `PresignError`.
 */
export type Presigner = (key: string | null, request: PresignRequest) => string;

/** As `Presigner`, where the key that signs is held by a service. */
export type AsyncPresigner = (key: string | null, request: PresignRequest) => Promise<string>;
