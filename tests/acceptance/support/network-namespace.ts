import { execFileSync } from 'node:child_process';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Addresses that are kept for measurements within a laboratory (RFC 2544), so that none of a real network is hidden. */
const subnet = '198.18.113';

/** A network of its own that reaches this machine by one cable. */
export interface NetworkNamespace {
  /** From which its programs come. */
  readonly address: string;
  /** Of this machine, at its end of the cable. */
  readonly hostAddress: string;
  /** A file that runs a program within it: the arguments go on to the program. */
  launcherOf(program: string): Promise<string>;
  close(): void;
}

/** @param index less than 64, and another one for each that is open */
export function openNetworkNamespace(directory: string, index: number): NetworkNamespace {
  if (process.getuid?.() !== 0) {
    throw new Error('Tests from two networks make network namespaces of Linux: run them as root.');
  }
  const name = `latchkey-${process.pid}-${index}`;
  const cable = `lk${process.pid % 1_000_000}-${index}`;
  const hostAddress = `${subnet}.${index * 4 + 1}`;
  const address = `${subnet}.${index * 4 + 2}`;
  ip('netns', 'add', name);
  const close = () => ip('netns', 'delete', name);
  try {
    ip('link', 'add', cable, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name);
    ip('address', 'add', `${hostAddress}/30`, 'dev', cable);
    ip('link', 'set', cable, 'up');
    for (const device of ['lo', 'eth0']) ip('-netns', name, 'link', 'set', device, 'up');
    ip('-netns', name, 'address', 'add', `${address}/30`, 'dev', 'eth0');
    ip('-netns', name, 'route', 'add', 'default', 'via', hostAddress);
  } catch (error) {
    close();
    throw error;
  }
  return {
    address,
    hostAddress,
    launcherOf: async (program) => {
      const file = join(directory, `${name}.sh`);
      await writeFile(file, `#!/bin/sh\nexec ip netns exec ${name} ${program} "$@"\n`);
      await chmod(file, 0o755);
      return file;
    },
    close,
  };
}

/** @throws with what `ip` says */
function ip(...args: string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
