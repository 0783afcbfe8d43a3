export interface ServerSentEvent {
  /** `message` unless the server names it. */
  readonly name: string;
  readonly data: string;
}

/** Reads a stream of the type `text/event-stream` as the HTML standard has it; ids and retry times are left out. */
export async function* serverSentEvents(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<ServerSentEvent, void, undefined> {
  let name = '';
  let data: string[] = [];
  for await (const line of linesOf(chunks)) {
    if (line === '') {
      if (data.length > 0) yield { name: name || 'message', data: data.join('\n') };
      name = '';
      data = [];
      continue;
    }
    const [field, value] = fieldOf(line);
    if (field === 'event') name = value;
    else if (field === 'data') data.push(value);
  }
}

/** `name: value`; a comment has an empty name. One space behind the colon is not part of the value. */
function fieldOf(line: string): readonly [name: string, value: string] {
  const colon = line.indexOf(':');
  if (colon < 0) return [line, ''];
  return [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')];
}

/** Lines end with LF, CRLF or CR; what comes after the last end of a line is not one. */
async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    rest += decoder.decode(chunk, { stream: true });
    // A CR at the end may be the first half of a CRLF.
    const held = rest.endsWith('\r') ? '\r' : '';
    const lines = rest.slice(0, rest.length - held.length).split(/\r\n|\r|\n/);
    rest = `${lines.pop()}${held}`;
    yield* lines;
  }
}
