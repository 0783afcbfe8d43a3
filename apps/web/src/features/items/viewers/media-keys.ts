/** What a key does to something that plays. */
export type MediaMove =
  | { readonly kind: 'toggle' }
  | { readonly kind: 'seek'; readonly seconds: number }
  | { readonly kind: 'speed'; readonly step: 1 | -1 };

export const speeds = [0.1, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 4];

const moves: Readonly<Record<string, MediaMove>> = {
  ' ': { kind: 'toggle' },
  k: { kind: 'toggle' },
  j: { kind: 'seek', seconds: -5 },
  l: { kind: 'seek', seconds: 5 },
  ArrowLeft: { kind: 'seek', seconds: -1 },
  ArrowRight: { kind: 'seek', seconds: 1 },
  '[': { kind: 'speed', step: -1 },
  ']': { kind: 'speed', step: 1 },
};

export const mediaKeysHelp =
  'space or K plays and pauses, J and L jump five seconds, the arrow keys one, [ and ] change the speed';

interface PressedKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

export const mediaMoveOf = ({ key, ctrlKey, metaKey, altKey }: PressedKey): MediaMove | undefined =>
  ctrlKey || metaKey || altKey ? undefined : moves[key.length === 1 ? key.toLowerCase() : key];

/** The speed above or below the one that is nearest. */
export function speedAfter(speed: number, step: 1 | -1): number {
  const at = speeds.findIndex((each) => each >= speed);
  return speeds[Math.min(Math.max((at < 0 ? speeds.length : at) + step, 0), speeds.length - 1)] ?? 1;
}

/** Carries a move out. */
export function applyMove(media: HTMLMediaElement, move: MediaMove): void {
  if (move.kind === 'seek') media.currentTime = Math.max(0, media.currentTime + move.seconds);
  else if (move.kind === 'speed') media.playbackRate = speedAfter(media.playbackRate, move.step);
  else if (!media.paused) media.pause();
  // A browser may refuse to play what was never clicked on; its controls stay.
  else void media.play().catch(() => undefined);
}
