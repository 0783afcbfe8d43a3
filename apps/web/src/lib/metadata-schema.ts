import { getMetadataSchema, setMetadataSchema } from '@latchkey/contract/routes/metadata-schema';
import type { MetadataSchema } from '@latchkey/contract/schemas/metadata-schema';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { transport } from './api.js';

const queryKey = ['metadata-schema'];

/** The metadata schema of the organisation; empty if there is none. */
export function useMetadataSchema() {
  return useQuery({
    queryKey,
    queryFn: ({ signal }) => transport.call(getMetadataSchema, { signal }),
    staleTime: 60_000,
  });
}

/** Changes the schema as it is at the moment, so that what others saved meanwhile stays. */
export function useChangeMetadataSchema(onSuccess: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (change: (current: MetadataSchema) => MetadataSchema) => {
      const body = change(await transport.call(getMetadataSchema, {}));
      await transport.call(setMetadataSchema, { body });
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey });
      onSuccess();
    },
  });
}
