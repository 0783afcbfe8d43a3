import { type FrameHeader, frameHeaderBytes, type ParseFrame } from './frame-header.js';

/**
 * The first frame from `from` on. A sync word alone may be chance: another frame has to follow, or the end of the
 * object (`whole`: it is that of the view).
 */
export function findFrame(
  view: DataView,
  from: number,
  parse: ParseFrame,
  { whole }: { readonly whole: boolean },
): { at: number; header: FrameHeader } | null {
  for (let at = from; at + frameHeaderBytes <= view.byteLength; at += 1) {
    const header = parse(view, at);
    if (header && isFollowed(view, at + header.bytes, header, parse, whole)) return { at, header };
  }
  return null;
}

function isFollowed(
  view: DataView,
  at: number,
  first: FrameHeader,
  parse: ParseFrame,
  whole: boolean,
): boolean {
  if (at + frameHeaderBytes > view.byteLength) return whole && at <= view.byteLength;
  const next = parse(view, at);
  return next !== null && next.codec === first.codec && next.sampleRate === first.sampleRate;
}
