import { HeaderGoesOn, maxHeaderBytes } from '@latchkey/probe/point-cloud/point-cloud-header';
import { ProbeError } from '@latchkey/probe/probe-error';
import { UnreadableCloud } from './point-columns.js';

/** The header at the start of a whole file. Throws `UnreadableCloud`. */
export function headerOf<Header>(bytes: Uint8Array, parse: (start: Uint8Array) => Header): Header {
  try {
    return parse(bytes.subarray(0, maxHeaderBytes));
  } catch (error) {
    if (error instanceof ProbeError) throw new UnreadableCloud(error.message);
    if (!(error instanceof HeaderGoesOn)) throw error;
    throw new UnreadableCloud(
      bytes.length <= maxHeaderBytes
        ? `${error.message} The file ends within its header, at byte ${bytes.length}.`
        : `${error.message} It was sought in the first ${maxHeaderBytes} bytes.`,
    );
  }
}
