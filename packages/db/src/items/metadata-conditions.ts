import type { Parameters } from '../paging/keyset.js';

/** How the values of a key are compared; `presence`: only whether there is one. */
export type MetadataComparison = 'number' | 'moment' | 'text' | 'uuid' | 'boolean' | 'presence';

/** What lists are narrowed by: a key of the metadata schema, and what is asked of its value. */
export interface MetadataPredicate {
  readonly key: string;
  readonly comparedAs: MetadataComparison;
  readonly indexId: number;
  /** All items are in the entries of the key. */
  readonly isEntered: boolean;
  readonly asks:
    | { readonly kind: 'exists' }
    /** Texts as the values are compared: of UUIDs in lower case, of numbers in decimal digits. */
    | { readonly kind: 'equals'; readonly values: readonly string[] }
    /** Of numbers and moments. */
    | { readonly kind: 'range'; readonly operator: '>=' | '>' | '<=' | '<'; readonly value: string };
}

/** Of a text, entries have as many characters. */
const enteredLength = 200;

const isNumber = ({ comparedAs }: MetadataPredicate): boolean =>
  comparedAs === 'number' || comparedAs === 'moment';

/** Conditions for `alias.client_metadata`. */
export function metadataConditions(
  alias: string,
  predicates: readonly MetadataPredicate[] | undefined,
  parameters: Parameters,
): string[] {
  return (predicates ?? []).map((predicate) => {
    const compare = isNumber(predicate) ? 'metadata_number' : 'metadata_text';
    const key = `${parameters.add(predicate.key)}::text`;
    const value = `${compare}(${alias}.client_metadata -> ${key}, '${predicate.comparedAs}')`;
    const { asks } = predicate;
    if (asks.kind === 'exists') return `${value} IS NOT NULL`;
    if (asks.kind === 'equals') return `${value} = ANY (${valuesOf(predicate, asks.values, parameters)})`;
    return `${value} ${asks.operator} ${numberOf(predicate, asks.value, parameters)}`;
  });
}

/** Conditions for the entries `alias` that may name items of the predicate. */
export function entryConditions(
  alias: string,
  predicate: MetadataPredicate,
  parameters: Parameters,
): string[] {
  const { asks } = predicate;
  const ofKey = `${alias}.index_id = ${parameters.add(predicate.indexId)}`;
  if (asks.kind === 'exists') return [ofKey];
  if (!isNumber(predicate)) {
    const texts = asks.kind === 'equals' ? asks.values : [];
    const beginnings = texts.map((text) => [...text].slice(0, enteredLength).join(''));
    return [ofKey, `${alias}.text_value = ANY (${parameters.add(beginnings)}::text[])`];
  }
  const number = `${alias}.number_value`;
  const ofNumbers = [ofKey, `${alias}.text_value = ''`];
  if (asks.kind === 'equals')
    return [...ofNumbers, `${number} = ANY (${valuesOf(predicate, asks.values, parameters)})`];
  return [...ofNumbers, `${number} ${asks.operator} ${numberOf(predicate, asks.value, parameters)}`];
}

function numberOf({ comparedAs }: MetadataPredicate, value: string, parameters: Parameters): string {
  const text = parameters.add(value);
  return comparedAs === 'moment' ? `metadata_moment(${text}::text)` : `${text}::numeric`;
}

function valuesOf(
  { comparedAs }: MetadataPredicate,
  values: readonly string[],
  parameters: Parameters,
): string {
  const texts = parameters.add(values);
  if (comparedAs === 'number') return `${texts}::numeric[]`;
  if (comparedAs !== 'moment') return `${texts}::text[]`;
  return `ARRAY(SELECT metadata_moment(given) FROM unnest(${texts}::text[]) given)`;
}
