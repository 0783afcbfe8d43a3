export interface SentSegments {
  segments: number;
  bytes: number;
}

interface Lane {
  segment: Uint8Array<ArrayBuffer> | null;
  sent: Promise<void>;
}

/**
 * Cuts a stream into segments of one size (the last may be shorter) and sends at most two at a time: the memory of
 * one is filled while the other is on its way.
 * @param send may read the segment until it resolves
 */
export async function sendSegments(
  bytes: AsyncIterable<Uint8Array>,
  segmentBytes: number,
  send: (number: number, segment: Uint8Array<ArrayBuffer>) => Promise<void>,
): Promise<SentSegments> {
  const lanes: readonly [Lane, Lane] = [newLane(), newLane()];
  let segments = 0;
  let filled = 0;
  try {
    for await (const chunk of bytes) {
      for (let at = 0; at < chunk.length; ) {
        const lane = lanes[segments % 2 === 0 ? 0 : 1];
        if (filled === 0) await lane.sent;
        lane.segment ??= new Uint8Array(segmentBytes);
        const taken = Math.min(segmentBytes - filled, chunk.length - at);
        lane.segment.set(chunk.subarray(at, at + taken), filled);
        filled += taken;
        at += taken;
        if (filled < segmentBytes) continue;
        start(lane, send(segments, lane.segment));
        segments += 1;
        filled = 0;
      }
    }
    const bytesSent = segments * segmentBytes + filled;
    const lane = lanes[segments % 2 === 0 ? 0 : 1];
    if (filled > 0 && lane.segment !== null) {
      start(lane, send(segments, lane.segment.subarray(0, filled)));
      segments += 1;
    }
    await Promise.all(lanes.map(({ sent }) => sent));
    return { segments, bytes: bytesSent };
  } finally {
    await Promise.allSettled(lanes.map(({ sent }) => sent));
  }
}

function newLane(): Lane {
  return { segment: null, sent: Promise.resolve() };
}

/** A failure is told when the lane is needed again, which may be long after it. */
function start(lane: Lane, sent: Promise<void>): void {
  lane.sent = sent;
  sent.catch(() => undefined);
}
