import type { Item } from '@latchkey/contract/schemas/item';
import { useState } from 'react';
import { ViewerFrame } from '../viewer-frame.js';
import { ImageViewer } from '../viewers/image-viewer.js';

interface MemberImageProps {
  readonly member: Item;
  /** Which frame is shown. */
  readonly attempt: number;
  readonly onShown: () => void;
}

/** One of several images in the same place: zoom and position stay from one to the next. */
export function MemberImage({ member, attempt, onShown }: MemberImageProps) {
  const [broken, setBroken] = useState<ReadonlySet<string>>(new Set());
  if (member.signedUrl === null) return null;
  // Asks for a fresh URL, and says why when that does not help.
  if (broken.has(member.uuid))
    return <ViewerFrame key={member.uuid} item={member} signedUrl={member.signedUrl} />;
  return (
    <ImageViewer
      item={member}
      url={member.signedUrl}
      attempt={attempt}
      onReady={onShown}
      onFail={() => setBroken(new Set([...broken, member.uuid]))}
    />
  );
}
