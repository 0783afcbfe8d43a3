import { decode, ExtensionCodec, encode } from '@msgpack/msgpack';
import type { AttributeType, Block } from '../provider-schema.js';

/** A value that is known after the apply. */
class Unknown {}

export type State = Record<string, unknown>;

const unknownType = 0;
/** Terraform says of some unknown values what they are not (null, an empty list); that is not needed here. */
const refinedUnknownType = 12;

const extensionCodec = new ExtensionCodec();
extensionCodec.register({
  type: unknownType,
  encode: (value) => (value instanceof Unknown ? new Uint8Array([0]) : null),
  decode: () => new Unknown(),
});
extensionCodec.register({ type: refinedUnknownType, encode: () => null, decode: () => new Unknown() });

export interface DynamicValue {
  readonly msgpack: Uint8Array;
}

export const readValue = ({ msgpack }: DynamicValue): State | null =>
  decode(msgpack, { extensionCodec }) as State | null;

export const toValue = (value: State | null): DynamicValue => ({
  msgpack: Buffer.from(encode(value, { extensionCodec })),
});

/** What a plan says: computed attributes without a value are known after the apply. */
export function planned(state: State, block: Block): State {
  const unknowns = Object.entries(block.attributes)
    .filter(([name, attribute]) => attribute.computed && (state[name] ?? null) === null)
    .map(([name]) => [name, new Unknown()]);
  return { ...state, ...Object.fromEntries(unknowns) };
}

/** What an apply answers: a made-up value for each that was unknown, here and in nested blocks. */
export function applied(state: State, block: Block, type: string): State {
  const attributes = Object.entries(block.attributes).map(([name, attribute]) => {
    const value = state[name];
    return [name, value instanceof Unknown ? madeUp(attribute.type, `${type}-${name}`) : value];
  });
  const blocks = Object.entries(block.block_types).map(([name, nested]) => [
    name,
    eachBody(state[name], (body) => applied(body, nested.block, `${type}-${name}`)),
  ]);
  return { ...state, ...Object.fromEntries([...attributes, ...blocks]) };
}

function eachBody(value: unknown, change: (body: State) => State): unknown {
  if (Array.isArray(value)) return value.map((body) => change(body as State));
  return typeof value === 'object' && value !== null && !(value instanceof Unknown)
    ? change(value as State)
    : value;
}

function madeUp(type: AttributeType, text: string): unknown {
  if (Array.isArray(type)) return type[0] === 'map' ? {} : [];
  if (type === 'number') return 0;
  if (type === 'bool') return false;
  return type === 'string' ? `emulated-${text}` : null;
}
