import { createContext, type ReactNode, useContext } from 'react';

/** An object that could not be read. */
export interface UnreadObject {
  readonly objectUrl: string;
  /** Epoch milliseconds; null if its signature says none. */
  readonly expiresAt: number | null;
}

/** Shows why an object cannot be read from here, and what to do. */
export type ShowDiagnosis = (object: UnreadObject) => ReactNode;

export const DiagnosisContext = createContext<ShowDiagnosis>(() => null);

export const useDiagnosis = (): ShowDiagnosis => useContext(DiagnosisContext);
