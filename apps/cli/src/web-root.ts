import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CommandContext } from './context.js';

/** Directory of the built web app; null, with a note, where it is not built. */
export function findWebRoot(context: CommandContext): string | null {
  const root = fileURLToPath(new URL('dist', import.meta.resolve('@latchkey/web/package.json')));
  if (existsSync(`${root}/index.html`)) return root;
  context.note('The web app is not built, so only the API is served. Run "npm run build" for both.');
  return null;
}
