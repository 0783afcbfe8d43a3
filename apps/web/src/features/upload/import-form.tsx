import { Alert, Button, Group, Stack, Switch, Text } from '@mantine/core';
import { IconBulb } from '@tabler/icons-react';
import { type FormEvent, useEffect } from 'react';
import { useIntegrations } from '../../lib/integrations.js';
import { useMaxManifestBytes } from '../../lib/server-limits.js';
import { IntegrationSelect } from './integration-select.js';
import { manifestFileProblem } from './manifest-file.js';
import { ManifestPicker } from './manifest-picker.js';
import { useIsMeasuring } from './measure/measuring-of.js';

/** What the user has chosen so far; kept while the dialog is closed. */
export interface ImportDraft {
  readonly integrationUuid: string | null;
  readonly ignoreErrors: boolean;
  readonly skipDuplicateUrls: boolean;
  readonly allowExpiredUrls: boolean;
  readonly files: readonly File[];
}
export const emptyDraft: ImportDraft = {
  integrationUuid: null,
  ignoreErrors: false,
  skipDuplicateUrls: false,
  allowExpiredUrls: false,
  files: [],
};

export function ImportForm({
  folderUuid,
  draft,
  onChange,
  onImport,
}: {
  readonly folderUuid: string;
  readonly draft: ImportDraft;
  readonly onChange: (draft: ImportDraft) => void;
  readonly onImport: (integrationUuid: string, files: readonly File[]) => void;
}) {
  usePreselection(draft, onChange);
  const maxBytes = useMaxManifestBytes();
  const importable = draft.files.filter((file) => manifestFileProblem(file, maxBytes) === null);
  const isMeasuring = useIsMeasuring(draft.files);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (draft.integrationUuid !== null && importable.length > 0) onImport(draft.integrationUuid, importable);
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <IntegrationSelect
          value={draft.integrationUuid}
          onChange={(integrationUuid) => onChange({ ...draft, integrationUuid })}
        />
        <Stack gap={6}>
          <Switch
            label="Ignore individual file errors"
            checked={draft.ignoreErrors}
            aria-describedby="ignore-errors-tip"
            onChange={(event) => onChange({ ...draft, ignoreErrors: event.currentTarget.checked })}
          />
          <Alert variant="light" icon={<IconBulb aria-hidden />} id="ignore-errors-tip" p="xs">
            <Text size="sm">
              We recommend turning this on. It ensures that individual file errors do not lead to the whole
              upload being aborted.
            </Text>
          </Alert>
        </Stack>
        <Switch
          label="Skip files that the folder has already"
          description="As skip_duplicate_urls in a manifest, which a table cannot say. A known file gets a signature that lives longer."
          checked={draft.skipDuplicateUrls}
          onChange={(event) => onChange({ ...draft, skipDuplicateUrls: event.currentTarget.checked })}
        />
        <Switch
          label="Register files whose URL has expired"
          description="As allow_expired_urls in a manifest. They open once they are renewed. Without it each of them is an error."
          checked={draft.allowExpiredUrls}
          onChange={(event) => onChange({ ...draft, allowExpiredUrls: event.currentTarget.checked })}
        />
        <ManifestPicker
          files={draft.files}
          target={{ ...draft, folderUuid }}
          onChange={(files) => onChange({ ...draft, files })}
        />
        <Group justify="flex-end">
          {isMeasuring && (
            <Text size="sm" c="dimmed">
              Import once the files are measured, or cancel measuring.
            </Text>
          )}
          <Button
            type="submit"
            disabled={draft.integrationUuid === null || importable.length === 0 || isMeasuring}
          >
            Import
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The only integration needs no choosing; one that is gone is chosen no longer. */
function usePreselection(draft: ImportDraft, onChange: (draft: ImportDraft) => void): void {
  const { data } = useIntegrations();
  const [only, ...others] = data ?? [];
  const isKnown = data?.some(({ integrationUuid }) => integrationUuid === draft.integrationUuid) ?? true;
  const wanted = others.length === 0 && only ? only.integrationUuid : isKnown ? draft.integrationUuid : null;
  useEffect(() => {
    if (data && wanted !== draft.integrationUuid) onChange({ ...draft, integrationUuid: wanted });
  }, [data, wanted, draft, onChange]);
}
