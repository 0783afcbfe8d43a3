/** Rolls the transaction back without an error: a cancel or another worker was faster. */
export class OvertakenError extends Error {
  override readonly name: string = 'OvertakenError';
}

/** A cancel waits for the job to be left. */
export class CancelRequestedError extends OvertakenError {
  override readonly name = 'CancelRequestedError';
}

/** The server stops; the part, or the whole job, is registered from its start once it runs again. */
export class StoppingError extends Error {
  override readonly name = 'StoppingError';
}

/** What the check found has changed: a unit that passed it fails now, or has to be measured. */
export class CheckOutdatedError extends Error {
  override readonly name = 'CheckOutdatedError';
}

/** Too many parts are being measured; the part waits for its turn. */
export class NoSeatError extends Error {
  override readonly name = 'NoSeatError';
}
