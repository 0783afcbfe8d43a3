import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { browserOnly } from './browser-only.js';
import { preCompressed } from './pre-compressed.js';

const server = 'http://127.0.0.1:8787';

export default defineConfig({
  base: '/',
  plugins: [react(), browserOnly(), preCompressed()],
  resolve: {
    alias: [
      {
        find: /^typebox$/,
        replacement: fileURLToPath(new URL('src/lib/schema-builders.ts', import.meta.url)),
      },
    ],
  },
  server: { proxy: { '/v2': server, '/docs': server, '/health': server } },
  worker: { format: 'es', plugins: () => [browserOnly()] },
  build: {
    target: 'es2022',
    // The Content-Security-Policy allows scripts, images and fonts from files of this origin, not from data: URLs.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    // What every page needs is one file: packed in parts of a few hundred bytes it takes 4 % more.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'initial', tags: ['$initial'] }] } } },
  },
});
