export const NEWLINE = 0x0a;

/** Space, tab or carriage return: what may surround a unit on its line, and fill a line without one. */
export const isBlankByte = (byte: number): boolean => byte === 0x20 || byte === 0x09 || byte === 0x0d;
