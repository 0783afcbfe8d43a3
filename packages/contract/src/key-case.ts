/** JSON Schema as plain data: what the key tolerance needs to know of it. */
interface SchemaNode {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly patternProperties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
}

const toCamel = (key: string): string =>
  key.replace(/_+([a-z0-9])/gi, (_, letter: string) => letter.toUpperCase());
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function objectWithKnownKeys(schema: SchemaNode, value: Record<string, unknown>): Record<string, unknown> {
  const properties = schema.properties ?? {};
  const isKnown = (key: string): boolean => Object.hasOwn(properties, key);
  const entries = Object.entries(value).map(([key, member]) => {
    const camel = isKnown(key) ? key : toCamel(key);
    const name = isKnown(camel) && !(camel !== key && Object.hasOwn(value, camel)) ? camel : key;
    const child = isKnown(name) ? properties[name] : undefined;
    return [name, child ? withKnownKeys(child, member) : member] as const;
  });
  // Unlike an assignment, this makes an own key of `__proto__` as well.
  return Object.fromEntries(entries);
}

/**
 * Renames snake_case keys to the camelCase ones that the schema knows, and nothing else: keys of free maps such
 * as client metadata stay as they are.
 */
export function withKnownKeys(schema: object, value: unknown): unknown {
  const node = schema as SchemaNode;
  if (node.anyOf) {
    const branch = node.anyOf.find((candidate) =>
      isObject(value) ? candidate.properties : candidate.items && Array.isArray(value),
    );
    return branch ? withKnownKeys(branch, value) : value;
  }
  if (Array.isArray(value) && node.items)
    return value.map((entry) => withKnownKeys(node.items as object, entry));
  if (!isObject(value)) return value;
  const valueSchema = node.patternProperties && Object.values(node.patternProperties)[0];
  if (!node.properties && valueSchema) {
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, withKnownKeys(valueSchema, member)]),
    );
  }
  return node.properties ? objectWithKnownKeys(node, value) : value;
}
