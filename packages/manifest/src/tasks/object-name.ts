import { type BucketKey, bucketKeyOf } from '@latchkey/locator/bucket-key';
import { locate } from '@latchkey/locator/locate';

/** The path of an object, readable and without what signs it; the text itself if it is no object URL. */
export function decodeTitle(url: string): string {
  const located = locate(url);
  return located.ok ? located.url.defaultTitle : url;
}

/** Null for text that is no object URL. */
export function bucketKey(url: string): BucketKey | null {
  const located = locate(url);
  return located.ok ? bucketKeyOf(located.url) : null;
}

/** Name and extension as Python's `os.path.splitext` cuts them: a name that begins with dots keeps these. */
export function splitExtension(path: string): [name: string, extension: string] {
  const file = path.slice(path.lastIndexOf('/') + 1);
  const dot = file.replace(/^\.+/, '').lastIndexOf('.');
  if (dot < 0) return [path, ''];
  const extension = file.slice(file.lastIndexOf('.'));
  return [path.slice(0, path.length - extension.length), extension];
}
