import { exportAuditLog, verifyAuditLog } from '@latchkey/contract/routes/audit';
import type { AuditVerification } from '@latchkey/contract/schemas/audit';
import { Alert, Button, Code, Group, Menu, Modal, Stack, Text } from '@mantine/core';
import { IconDownload, IconShieldCheck } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { ErrorNotice } from '../../components/error-notice.js';
import { transport } from '../../lib/api.js';
import { countOf, formatCount } from '../../lib/format.js';
import { type AuditFilter, toQuery } from './audit-filter.js';

/** Verify the chain, and export what the filter leaves. */
export function AuditActions({ filter }: { readonly filter: AuditFilter }) {
  const verify = useMutation({ mutationFn: () => transport.call(verifyAuditLog) });
  const address = (format: 'csv' | 'ndjson') =>
    transport.url(exportAuditLog, { query: { ...toQuery(filter), format } });
  return (
    <Group gap="xs">
      <Button
        variant="default"
        leftSection={<IconShieldCheck size={16} aria-hidden />}
        loading={verify.isPending}
        onClick={() => verify.mutate()}
      >
        Verify
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />}>
            Export
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component="a" href={address('csv')} download="">
            As CSV
          </Menu.Item>
          <Menu.Item component="a" href={address('ndjson')} download="">
            As NDJSON
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={verify.isSuccess || verify.isError}
        onClose={() => verify.reset()}
        title="Is the audit log whole?"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <ErrorNotice error={verify.error} title="The audit log could not be verified" />
        {verify.data && <Verdict verification={verify.data} />}
      </Modal>
    </Group>
  );
}

function Verdict({ verification }: { readonly verification: AuditVerification }) {
  const { entriesChecked, entriesUnsealed, removedThrough, head, problem } = verification;
  return (
    <Stack>
      {problem ? (
        <Alert color="red" role="alert" title="It is broken">
          <Text size="sm">{problem.message}</Text>
          {problem.entryUuid && <Code block>{problem.entryUuid}</Code>}
        </Alert>
      ) : (
        <Alert color="green" role="status" title="It is whole">
          {countOf(entriesChecked, 'entry', 'entries')} checked
          {entriesUnsealed > 0 && `, ${formatCount(entriesUnsealed)} too new to be sealed`}.
        </Alert>
      )}
      {removedThrough > 0 && (
        <Text size="sm">Retention has removed the entries up to position {formatCount(removedThrough)}.</Text>
      )}
      {head && (
        <>
          <Text size="sm">
            Note the head somewhere else: <Code>latchkey audit verify --head</Code> tells later whether the
            log still holds it.
          </Text>
          <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
            {head.position}:{head.hash}
          </Code>
        </>
      )}
    </Stack>
  );
}
