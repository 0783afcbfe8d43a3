/** One way in which viewers load an object. */
export type Load = 'get' | 'range' | 'element' | 'preflight';

export interface LoadCheck {
  readonly load: Load;
  /** Null: it was not tried. */
  readonly passed: boolean | null;
  /** What was seen, in words. */
  readonly detail: string;
}

export const loadNames: Readonly<Record<Load, string>> = {
  get: 'The whole object',
  range: 'A part of the object',
  element: 'Shown by the browser itself',
  preflight: 'A request with a header of its own',
};
