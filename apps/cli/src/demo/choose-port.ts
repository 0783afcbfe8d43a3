import { createServer } from 'node:net';

export const loopback = '127.0.0.1';

export interface ChosenPort {
  readonly port: number;
  readonly isPreferred: boolean;
}

/** The preferred port if nothing listens on it, else one that the system gives. */
export async function choosePort(preferred: number): Promise<ChosenPort> {
  try {
    return { port: await probe(preferred), isPreferred: true };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    return { port: await probe(0), isPreferred: false };
  }
}

function probe(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host: loopback, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
}
