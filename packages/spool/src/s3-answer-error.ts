/** What a bucket answered instead of doing as it was asked. Never holds a URL or anything that was signed. */
export class S3AnswerError extends Error {
  override readonly name = 'S3AnswerError';
  /** Null: there was no whole answer. */
  readonly status: number | null;
  /** The code of S3 or of a clone, empty if there was none. */
  readonly code: string;

  constructor(message: string, status: number | null, code: string) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** The object, that is; a bucket that is not there is a fault of the settings. */
  get isMissing(): boolean {
    return this.status === 404 && this.code === 'NoSuchKey';
  }

  /** S3 has no end; its clones and some of its limits say so with statuses and codes of their own. */
  get isFull(): boolean {
    return (
      this.status === 507 ||
      /Quota|StorageFull|InsufficientStorage|InsufficientCapacity|EntityTooLarge/.test(this.code)
    );
  }

  /** The same request may get another answer in a moment. */
  get isPassing(): boolean {
    if (this.isFull) return false;
    return (
      this.status === null || this.status === 429 || this.status >= 500 || this.code === 'RequestTimeout'
    );
  }
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
export async function answerError(method: string, response: Response): Promise<S3AnswerError> {
  const { status } = response;
  // Letters only, so that nothing else of an answer gets into a message.
  const code = /<Code>([A-Za-z]{1,64})<\/Code>/.exec(await response.text())?.[1] ?? '';
  const isElsewhere = status >= 300 && status < 400;
  const told = isElsewhere ? 'the bucket lies elsewhere: correct its host or region' : code || 'no code';
  return new S3AnswerError(`The bucket answered a ${method} with ${status} (${told}).`, status, code);
}

/** @param error what `fetch` threw; its own message may hold the URL */
export function connectionError(method: string, error: unknown): S3AnswerError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  const told = code || (cause instanceof Error ? cause.name : 'unknown');
  return new S3AnswerError(`The bucket gave no whole answer to a ${method} (${told}).`, null, '');
}
