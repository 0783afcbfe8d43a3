import type { ServerConfig } from '../config/environment.js';

/** Of what signs somebody in: no script reads it, and no other site has it sent. */
export const cookieOptions = ({ publicUrl }: Pick<ServerConfig, 'publicUrl'>) =>
  ({
    httpOnly: true,
    sameSite: 'strict',
    secure: publicUrl?.startsWith('https:') ?? false,
  }) as const;
