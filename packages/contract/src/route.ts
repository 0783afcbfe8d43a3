import type { Static, TObject, TSchema } from 'typebox';
import type { ErrorCode } from './errors.js';

/**
 * Who may call a route. `folder:*`, `item:*`, `integration:*` and `dataset:*` name the least role needed on the object in the path, of an item in its folder;
 * where the objects are in the body, the service checks each of them.
 */
export const permissions = [
  'public',
  'user',
  'folder:viewer',
  'folder:editor',
  'folder:admin',
  'item:viewer',
  'item:editor',
  'integration:user',
  'integration:admin',
  'dataset:user',
  'dataset:admin',
  'organisation:admin',
] as const;
export type Permission = (typeof permissions)[number];

export interface RouteSchemas {
  readonly params?: TObject;
  readonly query?: TObject;
  readonly body?: TSchema;
  /** Names in lower case. */
  readonly headers?: TObject;
  /** Undefined: 204 without a body. */
  readonly response?: TSchema;
}

export interface Route<Schemas extends RouteSchemas = RouteSchemas> {
  readonly operationId: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** OpenAPI form: `/v2/public/storage/folders/{folderUuid}`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly permission: Permission;
  readonly schemas: Schemas;
  /** Codes beyond the ones that every route can answer. */
  readonly errors: readonly ErrorCode[];
  /** A POST that changes nothing: tokens that may only read can call it, as every GET. */
  readonly isReading?: true;
  /** The body is read as a stream by the service; `body` only documents it. */
  readonly streamedBody?: readonly string[];
  /** Media type of the answer if it is not JSON. */
  readonly produces?: string;
}

type Part<Schemas extends RouteSchemas, Key extends keyof RouteSchemas> = Schemas[Key] extends TSchema
  ? Static<Schemas[Key]>
  : undefined;

export type ParamsOf<R extends Route> = Part<R['schemas'], 'params'>;
export type QueryOf<R extends Route> = Part<R['schemas'], 'query'>;
export type BodyOf<R extends Route> = Part<R['schemas'], 'body'>;
export type ResponseOf<R extends Route> = Part<R['schemas'], 'response'>;

export function defineRoute<const Schemas extends RouteSchemas>(
  route: Omit<Route<Schemas>, 'errors'> & { readonly errors?: readonly ErrorCode[] },
): Route<Schemas> {
  return { errors: [], ...route };
}
