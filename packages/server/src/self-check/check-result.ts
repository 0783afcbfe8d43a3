/** Not checked: something that this check needs is missing or in use. */
export type CheckState = 'ok' | 'warning' | 'failure' | 'not checked';

/** What one check found. Never holds a secret or the value of a setting that may be one. */
export interface CheckResult {
  readonly name: string;
  readonly state: CheckState;
  readonly message: string;
  /** What to do; null where there is nothing to do. */
  readonly hint: string | null;
}

export type Finding = Omit<CheckResult, 'name'>;

export const ok = (message: string): Finding => ({ state: 'ok', message, hint: null });
export const warning = (message: string, hint: string): Finding => ({ state: 'warning', message, hint });
export const failure = (message: string, hint: string): Finding => ({ state: 'failure', message, hint });
export const notChecked = (message: string, hint: string | null = null): Finding => ({
  state: 'not checked',
  message,
  hint,
});
