import { limits } from '@latchkey/contract/limits';
import { getLimits } from '@latchkey/contract/routes/limits';
import { useQuery } from '@tanstack/react-query';
import { transport } from './api.js';

/** Until the server has told its own, what a server takes by default. */
export function useMaxManifestBytes(): number {
  const { data } = useQuery({
    queryKey: ['limits'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => transport.call(getLimits, { signal }),
  });
  return data?.manifestBytes ?? limits.manifestBytes;
}
