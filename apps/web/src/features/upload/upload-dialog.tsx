import type { Folder } from '@latchkey/contract/schemas/folder';
import { Button, Group, Modal, Stack, Tabs } from '@mantine/core';
import { IconCloud } from '@tabler/icons-react';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { knownJob } from '../../lib/upload-jobs.js';
import { emptyDraft, ImportForm } from './import-form.js';
import { UploadCard } from './upload-card.js';
import { useUploads } from './uploads-context.js';
import { isOnItsWay, type ManifestUpload } from './uploads-state.js';

export function UploadDialog({
  folder,
  opened,
  onClose,
}: {
  readonly folder: Folder;
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  const { uploads, start, remove } = useUploads();
  const [draft, setDraft] = useState(emptyDraft);
  const ours = uploads.filter(({ folderUuid }) => folderUuid === folder.uuid);
  const client = useQueryClient();
  const close = () => {
    remove(ours.filter((upload) => isSettled(upload, client)).map(({ id }) => id));
    onClose();
  };
  const submit = (integrationUuid: string, files: readonly File[]) => {
    start(folder.uuid, files, {
      integrationUuid,
      ignoreErrors: draft.ignoreErrors,
      skipDuplicateUrls: draft.skipDuplicateUrls,
      allowExpiredUrls: draft.allowExpiredUrls,
    });
    setDraft({ ...draft, files: draft.files.filter((file) => !files.includes(file)) });
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={`Upload files to ${folder.name}`}
      size={900}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Tabs defaultValue="cloud">
        <Tabs.List mb="md">
          <Tabs.Tab value="cloud" leftSection={<IconCloud size={16} aria-hidden />}>
            Import from cloud data
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="cloud">
          {ours.length === 0 ? (
            <ImportForm folderUuid={folder.uuid} draft={draft} onChange={setDraft} onImport={submit} />
          ) : (
            <UploadCards uploads={ours} onRemove={remove} onClose={close} />
          )}
        </Tabs.Panel>
      </Tabs>
    </Modal>
  );
}

/** Shown to its end: the next time the dialog opens without it. */
function isSettled({ phase }: ManifestUpload, client: QueryClient): boolean {
  if (phase.name === 'refused') return true;
  return phase.name === 'started' && (knownJob(client, phase.jobUuid)?.status ?? 'PENDING') !== 'PENDING';
}

function UploadCards({
  uploads,
  onRemove,
  onClose,
}: {
  readonly uploads: readonly ManifestUpload[];
  readonly onRemove: (ids: readonly number[]) => void;
  readonly onClose: () => void;
}) {
  const isSending = uploads.some(isOnItsWay);
  return (
    <Stack>
      {uploads.map((upload) => (
        <UploadCard key={upload.id} upload={upload} onLeave={onClose} />
      ))}
      <Group justify="flex-end">
        <Button variant="default" disabled={isSending} onClick={() => onRemove(uploads.map(({ id }) => id))}>
          Import more files
        </Button>
        <Button onClick={onClose} data-autofocus>
          Close
        </Button>
      </Group>
    </Stack>
  );
}
