import { Type } from 'typebox';
import { expect, test } from 'vitest';
import { Type as StandIn } from './schema-builders.js';

const described = { description: 'd' };

/** The same schema, built by typebox and by what stands for it. */
const schemas: Readonly<Record<string, readonly [unknown, unknown]>> = {
  boolean: [Type.Boolean(described), StandIn.Boolean(described)],
  integer: [Type.Integer({ minimum: 1 }), StandIn.Integer({ minimum: 1 })],
  null: [Type.Null(), StandIn.Null()],
  number: [Type.Number(), StandIn.Number()],
  string: [Type.String({ format: 'uuid' }), StandIn.String({ format: 'uuid' })],
  unknown: [Type.Unknown(), StandIn.Unknown()],
  unsafe: [Type.Unsafe(Type.String({ enum: ['a'] })), StandIn.Unsafe(StandIn.String({ enum: ['a'] }))],
  literal: [Type.Literal('a'), StandIn.Literal('a')],
  array: [Type.Array(Type.String(), { minItems: 1 }), StandIn.Array(StandIn.String(), { minItems: 1 })],
  union: [Type.Union([Type.String(), Type.Null()]), StandIn.Union([StandIn.String(), StandIn.Null()])],
  record: [Type.Record(Type.String(), Type.Unknown()), StandIn.Record(StandIn.String(), StandIn.Unknown())],
  'record of a pattern': [
    Type.Record(Type.String({ pattern: '^a$' }), Type.Null(), described),
    StandIn.Record(StandIn.String({ pattern: '^a$' }), StandIn.Null(), described),
  ],
  object: [
    Type.Object(
      { a: Type.String(), b: Type.Optional(Type.String(described)) },
      { additionalProperties: false },
    ),
    StandIn.Object(
      { a: StandIn.String(), b: StandIn.Optional(StandIn.String(described)) },
      { additionalProperties: false },
    ),
  ],
  'object of optional members': [
    Type.Object({ b: Type.Optional(Type.Null()) }),
    StandIn.Object({ b: StandIn.Optional(StandIn.Null()) }),
  ],
};

test.each(Object.entries(schemas))(
  'the schema is the one that typebox builds: %s',
  (_name, [built, standIn]) => {
    expect(JSON.parse(JSON.stringify(standIn))).toEqual(JSON.parse(JSON.stringify(built)));
  },
);
