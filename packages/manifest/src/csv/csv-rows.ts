import { LatchkeyError } from '@latchkey/contract/errors';

const delimiters = [',', ';', '\t', '|'] as const;

/** Takes the cells of a row and the line on which it begins, from 1. */
export type TakeRow = (cells: string[], line: number) => void;

/**
 * Rows of RFC 4180 from text in pieces of any size: a quoted cell may hold the delimiter, doubled quotes and line breaks;
 * blanks around one that is not quoted do not count; lines
 * end with CRLF, LF or CR. The delimiter is the one that the first line has most of, or what `sep=;` says there.
 */
export class CsvRows {
  private state: 'cell' | 'plain' | 'quoted' | 'quote' = 'cell';
  private cell = '';
  private isQuoted = false;
  private cells: string[] = [];
  private length = 0;
  private line = 1;
  private rowLine = 1;
  private isAfterReturn = false;
  /** The first line, until it is whole. */
  private head: string | null = '';
  private delimiter = ',';
  private special = /[,\r\n]/g;
  private readonly takeRow: TakeRow;
  private readonly maxRowLength: number;

  /** A row of more characters is refused: mostly a quote that is never closed. */
  constructor(takeRow: TakeRow, maxRowLength: number) {
    this.takeRow = takeRow;
    this.maxRowLength = maxRowLength;
  }

  push(text: string): void {
    if (this.head === null) {
      this.read(text);
      return;
    }
    this.head += text;
    if (/[\r\n]/.test(this.head) || this.head.length > this.maxRowLength) this.start();
  }

  end(): void {
    if (this.head !== null) this.start();
    if (this.state === 'quoted')
      throw this.refusal('A quoted cell of the row is never closed: the file ends inside it.');
    if (this.state !== 'cell' || this.cells.length > 0) this.endRow();
  }

  private start(): void {
    const text = this.head ?? '';
    this.head = null;
    const [first = ''] = text.split(/[\r\n]/, 1);
    const said = /^sep=(.)$/i.exec(first)?.[1];
    const plain = first.replaceAll(/"[^"]*"/g, '');
    const counts = delimiters.map((each) => plain.split(each).length);
    this.delimiter = said ?? delimiters[counts.indexOf(Math.max(...counts))] ?? ',';
    this.special = new RegExp(`[\\r\\n${this.delimiter.replace(/[\\\]^|-]/, '\\$&')}]`, 'g');
    if (said === undefined) this.read(text);
    else {
      this.endLine(text[first.length] ?? '');
      this.rowLine = this.line;
      this.read(text.slice(first.length + 1));
    }
  }

  private read(text: string): void {
    for (let at = 0; at < text.length; ) at = this.step(text, at);
  }

  /** Reads on from `at`; answers how far. */
  private step(text: string, at: number): number {
    if (this.isAfterReturn) {
      this.isAfterReturn = false;
      if (text[at] === '\n') return at + 1;
    }
    if (this.state === 'quoted') return this.readQuoted(text, at);
    if (this.state === 'quote') {
      const isDoubled = text[at] === '"';
      this.state = isDoubled ? 'quoted' : 'plain';
      if (isDoubled) this.add('"');
      return isDoubled ? at + 1 : at;
    }
    if (this.state === 'cell' && text[at] === '"') {
      this.state = 'quoted';
      this.isQuoted = true;
      return at + 1;
    }
    return this.readPlain(text, at);
  }

  private readQuoted(text: string, at: number): number {
    const quote = text.indexOf('"', at);
    const run = text.slice(at, quote < 0 ? text.length : quote);
    this.line += run.split('\n').length - 1;
    this.add(run);
    if (quote >= 0) this.state = 'quote';
    return at + run.length + (quote < 0 ? 0 : 1);
  }

  private readPlain(text: string, at: number): number {
    this.special.lastIndex = at;
    const end = this.special.exec(text)?.index ?? text.length;
    if (end > at) {
      this.add(text.slice(at, end));
      this.state = 'plain';
    }
    const stop = text[end];
    if (stop === undefined) return end;
    if (stop === this.delimiter) this.endCell();
    else {
      this.endRow();
      this.endLine(stop);
      this.rowLine = this.line;
    }
    return end + 1;
  }

  private add(run: string): void {
    this.cell += run;
    this.length += run.length;
    if (this.length > this.maxRowLength)
      throw this.refusal(
        `The row is longer than ${this.maxRowLength} characters (limit manifestElementBytes): close its quotes, or shorten it.`,
      );
  }

  private endCell(): void {
    this.cells.push(this.isQuoted ? this.cell : this.cell.trim());
    this.cell = '';
    this.isQuoted = false;
    this.state = 'cell';
  }

  private endRow(): void {
    this.endCell();
    const { cells } = this;
    this.cells = [];
    this.length = 0;
    this.takeRow(cells, this.rowLine);
  }

  private endLine(stop: string): void {
    this.line += 1;
    this.isAfterReturn = stop === '\r';
  }

  private refusal(problem: string): LatchkeyError {
    const place = { line: this.rowLine, column: this.cells.length + 1 };
    const message = `${problem} (line ${place.line}, column ${place.column})`;
    return new LatchkeyError('not_a_manifest', message, { details: place });
  }
}
