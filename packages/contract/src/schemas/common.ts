import { type Static, type TSchema, Type } from 'typebox';
import { limits } from '../limits.js';

export const Uuid = Type.String({ format: 'uuid' });
export const Timestamp = Type.String({ format: 'date-time' });
export const Nullable = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);

/** A string of a closed set: `enum` in JSON Schema. */
export const OneOf = <const Values extends readonly string[]>(values: Values) =>
  Type.Unsafe<Values[number]>(Type.String({ enum: [...values] }));

export const JsonObject = Type.Record(Type.String(), Type.Unknown());
export type JsonObject = Static<typeof JsonObject>;

export const Page = <Item extends TSchema>(item: Item) =>
  Type.Object({ results: Type.Array(item), nextPageToken: Type.Optional(Nullable(Type.String())) });

export const pageQuery = {
  pageToken: Type.Optional(Type.String({ maxLength: 4096, description: 'Opaque; from nextPageToken.' })),
  pageSize: Type.Optional(
    Type.Integer({ minimum: 1, maximum: limits.pageSizeMax, default: limits.pageSizeDefault }),
  ),
};

export const sortKeys = ['name', 'createdAt'] as const;
export const sortQuery = {
  order: Type.Optional(OneOf(sortKeys)),
  desc: Type.Optional(Type.Boolean({ default: false })),
};

export const userRoles = ['user', 'admin'] as const;
export const UserRole = OneOf(userRoles);
export type UserRole = Static<typeof UserRole>;

/** From the least to the most: each may do what those before it may. */
export const folderRoles = ['viewer', 'editor', 'admin'] as const;
export const FolderRole = OneOf(folderRoles);
export type FolderRole = Static<typeof FolderRole>;

export const ErrorBody = Type.Object({
  message: Type.String(),
  code: Type.String(),
  hint: Type.Optional(Type.String()),
  requestId: Type.Optional(Type.String()),
  details: Type.Optional(JsonObject),
});
export type ErrorBody = Static<typeof ErrorBody>;
