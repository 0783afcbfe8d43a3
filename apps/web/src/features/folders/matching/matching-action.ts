import type { Matching } from './use-matching.js';

export type MatchingAction = 'move' | 'delete' | 'metadata' | 'add-to-dataset' | 'remove-from-dataset';

export interface MatchingDialogProps {
  readonly matching: Matching;
  readonly onClose: () => void;
  /** The items are somewhere else now, or nowhere. */
  readonly onDone: () => void;
}
