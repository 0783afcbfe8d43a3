/** What is known of an object without its bytes. */
export interface ObjectHead {
  /** Strong, with its quotes. */
  etag: string;
  size: number;
  /** An HTTP date. */
  lastModified: string | null;
  contentType: string;
  /** Further headers that describe the bytes: names and values in turn. */
  description: readonly string[];
}
