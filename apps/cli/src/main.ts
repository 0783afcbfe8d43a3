#!/usr/bin/env node
import { writerOf } from './output.js';
import { runCommand } from './run-command.js';
import { signalOfProcess } from './signals.js';

process.exitCode = await runCommand(process.argv.slice(2), {
  environment: process.env,
  print: (line) => process.stdout.write(`${line}\n`),
  write: writerOf(process.stdout),
  note: (line) => process.stderr.write(`${line}\n`),
  isInteractive: process.stderr.isTTY === true,
  signal: signalOfProcess(process),
});
