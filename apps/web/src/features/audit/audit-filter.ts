export interface AuditFilter {
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  /** Days, as a date field writes them; empty for no bound. */
  readonly from: string;
  readonly through: string;
}

export const noFilter: AuditFilter = { actor: '', action: '', subject: '', from: '', through: '' };

const names = ['actor', 'action', 'subject', 'from', 'through'] as const;

export const isFiltered = (filter: AuditFilter): boolean => names.some((name) => filter[name] !== '');

export function filterOf(query: URLSearchParams): AuditFilter {
  return Object.fromEntries(names.map((name) => [name, query.get(name) ?? ''])) as unknown as AuditFilter;
}

/** What is as usual is left out. */
export function toSearch(filter: AuditFilter): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (filter[name] === '' ? [] : [[name, filter[name]]])));
}

const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What is wrong with what was typed, by field; what the API would refuse is not asked. */
export function problemsOf({ actor, subject }: AuditFilter): { actor?: string; subject?: string } {
  return {
    ...(actor !== '' &&
      !actor.includes('@') &&
      !uuidForm.test(actor) && { actor: 'Give an e-mail address or a UUID.' }),
    ...(subject !== '' && !uuidForm.test(subject) && { subject: 'Give a UUID.' }),
  };
}

/** The filter as the API takes it: days are those of the browser's time zone, the last one whole. */
export function toQuery({ actor, action, subject, from, through }: AuditFilter) {
  const after = startOf(from, 0);
  const before = startOf(through, 1);
  return {
    ...(actor !== '' && { actor }),
    ...(action !== '' && { action }),
    ...(subject !== '' && { subject }),
    ...(after !== null && { after }),
    ...(before !== null && { before }),
  };
}

function startOf(day: string, plusDays: number): string | null {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  if (year === undefined) return null;
  return new Date(Number(year), Number(month) - 1, Number(date) + plusDays).toISOString();
}
