/** Collects the values of a statement whose text is put together from parts. */
export class Parameters {
  readonly values: unknown[] = [];

  /** Answers the placeholder of the value. */
  add(value: unknown): string {
    return `$${this.values.push(value)}`;
  }
}

/** Where a page ends: the next one begins behind it. */
export interface KeysetPosition {
  /** Empty in a list by id. */
  readonly name: string;
  readonly id: string;
}

export interface Keyset {
  /** Ids are UUIDv7, so `id` is the order of creation. */
  readonly orderBy: 'name' | 'id';
  readonly desc: boolean;
  readonly after: KeysetPosition | null;
  readonly limit: number;
}

/** `ORDER BY` and its expressions for the table `alias`. */
export function keysetOrder(alias: string, { orderBy, desc }: Keyset): string {
  const direction = desc ? ' DESC' : '';
  const columns = orderBy === 'name' ? [`${alias}.name`, `${alias}.id`] : [`${alias}.id`];
  return `ORDER BY ${columns.map((column) => `${column}${direction}`).join(', ')}`;
}

/** Conditions for the rows behind the position; none on the first page. */
export function keysetConditions(alias: string, keyset: Keyset, parameters: Parameters): string[] {
  const { orderBy, desc, after } = keyset;
  if (!after) return [];
  const comparison = desc ? '<' : '>';
  if (orderBy === 'id') return [`${alias}.id ${comparison} ${parameters.add(after.id)}`];
  return [
    `(${alias}.name, ${alias}.id) ${comparison} (${parameters.add(after.name)}, ${parameters.add(after.id)})`,
  ];
}

/** Pattern of `LIKE` for texts that hold `search`. */
export function likePattern(search: string): string {
  return `%${search.replace(/[\\%_]/g, '\\$&')}%`;
}

/**
 * Conditions for names that hold `search`, whatever its case; none without a search. Names sort by code point,
 * and that collation folds the case of ASCII alone: the database's own one folds that of every letter, in three times
 * the time, which names and searches of ASCII alone do not need.
 */
export function searchConditions(alias: string, search: string | null, parameters: Parameters): string[] {
  if (search === null) return [];
  const pattern = parameters.add(likePattern(search));
  const everyLetter = `${alias}.name COLLATE "default" ILIKE ${pattern}`;
  if (/\P{ASCII}/u.test(search)) return [everyLetter];
  const beyondAscii = `octet_length(${alias}.name) > length(${alias}.name)`;
  return [`(${alias}.name ILIKE ${pattern} OR ${beyondAscii} AND ${everyLetter})`];
}

export function whereAll(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
}
