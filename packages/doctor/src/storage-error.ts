/** What a storage or a gateway says of a refusal; each part null if it does not say it. */
export interface StorageError {
  readonly code: string | null;
  /** At most 300 characters. */
  readonly message: string | null;
  /** The region in which the bucket is. */
  readonly region: string | null;
  /** The client's address, as the one that refuses it sees it. */
  readonly address: string | null;
}

const nothingSaid: StorageError = { code: null, message: null, region: null, address: null };
const regionInMessage = /expecting '?([a-z]{2,}(?:-[a-z]+)+-\d+)/;

/** Reads the XML error that S3, GCS and Azure share, or the JSON of a gateway. What else they repeat may be secret. */
export function readStorageError(body: string): StorageError {
  return body.trimStart().startsWith('{') ? readJsonError(body) : readXmlError(body);
}

function readXmlError(xml: string): StorageError {
  const element = (name: string) =>
    new RegExp(`<${name}>([^<]{1,2000})</${name}>`).exec(xml)?.[1]?.trim() ?? null;
  const message = element('Message');
  // Azure tells an expired signature in the detail alone.
  const detail = element('AuthenticationErrorDetail');
  return {
    code: element('Code'),
    message: (detail ?? message)?.slice(0, 300) ?? null,
    region: element('Region') ?? regionInMessage.exec(message ?? '')?.[1] ?? null,
    address: null,
  };
}

function readJsonError(json: string): StorageError {
  let body: Record<string, unknown>;
  try {
    body = JSON.parse(json) as Record<string, unknown>;
  } catch {
    return nothingSaid;
  }
  const text = (...names: string[]) => {
    const found = names.map((name) => body[name]).find((value) => typeof value === 'string');
    return typeof found === 'string' ? found.slice(0, 300) : null;
  };
  return {
    code: text('code', 'error'),
    message: text('message', 'error_description'),
    region: null,
    address: text('address', 'ip', 'clientAddress'),
  };
}
