#!/usr/bin/env node
import { text } from 'node:stream/consumers';
import { asker } from './ask.js';
import { writerOf } from './output.js';
import { runCommand } from './run-command.js';
import { signalOfProcess } from './signals.js';

const signal = signalOfProcess(process);
process.exitCode = await runCommand(process.argv.slice(2), {
  environment: process.env,
  print: (line) => process.stdout.write(`${line}\n`),
  write: writerOf(process.stdout),
  note: (line) => process.stderr.write(`${line}\n`),
  readInput: () => text(process.stdin),
  isInteractive: process.stderr.isTTY === true,
  ...(process.stdin.isTTY && process.stderr.isTTY && { ask: asker(process.stdin, process.stderr, signal) }),
  signal,
  onHangup: (listener) => void process.removeAllListeners('SIGHUP').on('SIGHUP', listener),
});
