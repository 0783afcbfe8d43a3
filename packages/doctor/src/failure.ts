/** Why a browser could not show an object. */
export type Failure =
  | { readonly kind: 'expired'; readonly expiresAt: string | null }
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly storageCode: string | null;
      readonly storageMessage: string | null;
    }
  /** By an allow-list of addresses. */
  | { readonly kind: 'address-refused'; readonly status: number; readonly address: string | null }
  /** `region`: where the bucket is, if the storage tells. */
  | { readonly kind: 'wrong-region'; readonly status: number; readonly region: string | null }
  | { readonly kind: 'not-found'; readonly status: number; readonly storageCode: string | null }
  | { readonly kind: 'storage-error'; readonly status: number }
  | { readonly kind: 'no-cors' }
  /** The storage sends ranges, and the page may not see which. */
  | { readonly kind: 'ranges-hidden' }
  /** The storage sends the whole object, whatever part is asked for. */
  | { readonly kind: 'no-ranges' }
  | { readonly kind: 'policy' }
  | { readonly kind: 'mixed-content' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'wrong-type'; readonly contentType: string; readonly expected: string }
  /** The bytes arrive, and the browser cannot make anything of them. */
  | {
      readonly kind: 'unreadable';
      readonly contentType: string | null;
      /** In words, where the viewer knows it. */
      readonly reason?: string;
    };

export type Verdict = { readonly kind: 'fine' } | Failure;
