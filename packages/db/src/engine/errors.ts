import pg from 'pg';

export type DatabaseErrorCode =
  | 'statement_failed'
  | 'unavailable'
  | 'closed'
  | 'unsupported_server'
  | 'unsafe_integer'
  | 'directory_in_use'
  | 'directory_invalid'
  | 'engine_stopped'
  | 'migration_refused';

interface Details {
  readonly statement?: string | undefined;
  readonly sqlState?: string | undefined;
  readonly constraint?: string | undefined;
  readonly cause?: unknown;
}

/** The one error of this package. Its message never holds a parameter value. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly code: DatabaseErrorCode;
  /** Name of the statement that failed. */
  readonly statement: string | undefined;
  readonly sqlState: string | undefined;
  readonly constraint: string | undefined;

  constructor(code: DatabaseErrorCode, message: string, details: Details = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.statement = details.statement;
    this.sqlState = details.sqlState;
    this.constraint = details.constraint;
  }
}

/** The fields of an ErrorResponse that are safe to keep. `detail`, `where` and `hint` quote row values. */
export interface ServerFailure {
  readonly message: string;
  readonly code: string | undefined;
  readonly constraint: string | undefined;
}

/**
 * SQLSTATE classes whose primary message names objects (columns, constraints, keywords) but never values.
 * Class 22 (data exception), for one, quotes the value it could not read.
 */
const CLASSES_WITHOUT_VALUES = new Set('08 0A 23 25 28 3D 40 42 53 55 57 58'.split(' '));

/** Connection failures of Node and of `pg` itself, which have no SQLSTATE. */
const UNAVAILABLE_STATES = new Set(['57P01', '57P02', '57P03', '53300']);

export function statementError(failure: ServerFailure, statement: string): DatabaseError {
  const { code: sqlState, constraint } = failure;
  const safe = sqlState !== undefined && CLASSES_WITHOUT_VALUES.has(sqlState.slice(0, 2));
  const reason = safe ? failure.message : 'the server refused a value';
  const unavailable =
    sqlState !== undefined && (sqlState.startsWith('08') || UNAVAILABLE_STATES.has(sqlState));
  return new DatabaseError(
    unavailable ? 'unavailable' : 'statement_failed',
    `Statement ${statement} failed with SQLSTATE ${sqlState ?? 'unknown'}: ${reason}.`,
    { statement, sqlState, constraint },
  );
}

/** Turns whatever `pg`, the socket or the worker threw into a `DatabaseError` that names the statement. */
export function toDatabaseError(error: unknown, statement: string): DatabaseError {
  if (error instanceof DatabaseError) return error;
  if (error instanceof pg.DatabaseError) return statementError({ ...pickFailure(error) }, statement);
  const reason = error instanceof Error ? error.message : String(error);
  return new DatabaseError(
    'unavailable',
    `Statement ${statement} could not be run because the database connection failed: ${reason}.`,
    { statement },
  );
}

function pickFailure(error: pg.DatabaseError): ServerFailure {
  return { message: error.message, code: error.code, constraint: error.constraint };
}

function violates(error: unknown, sqlState: string, constraint: string | undefined): boolean {
  if (!(error instanceof DatabaseError) || error.sqlState !== sqlState) return false;
  return constraint === undefined || error.constraint === constraint;
}

export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  return violates(error, '23505', constraint);
}

export function isForeignKeyViolation(error: unknown, constraint?: string): boolean {
  return violates(error, '23503', constraint);
}

export function isCheckViolation(error: unknown, constraint?: string): boolean {
  return violates(error, '23514', constraint);
}

/** A lock was not given within the transaction's `lock_timeout`. */
export function isLockTimeout(error: unknown): boolean {
  return violates(error, '55P03', undefined);
}
