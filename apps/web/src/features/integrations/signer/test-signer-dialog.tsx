import type { Integration } from '@latchkey/contract/schemas/integration';
import { Alert, Button, Code, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../../../components/error-notice.js';
import { SignerNotice } from '../../../components/signer-notice.js';
import { formatDateTime } from '../../../lib/format.js';
import { runSignerTest, type TestResult } from './run-signer-test.js';

interface TestSignerDialogProps {
  readonly integration: Integration;
  readonly onClose: () => void;
}

/** Asks the signer as a viewer does, from this browser, and says what comes of it. */
export function TestSignerDialog({ integration, onClose }: TestSignerDialogProps) {
  const [objectUrl, setObjectUrl] = useState('');
  const test = useMutation({
    mutationFn: () => runSignerTest(integration.integrationUuid, objectUrl.trim()),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    test.mutate();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Test the signer of ${integration.title}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm">
            Your browser asks <Code>{integration.signerUrl}</Code> as a viewer does. The server of Latchkey
            takes no part in it.
          </Text>
          <TextInput
            label="An object to ask for"
            description="For example s3://bucket/folder/image.jpg. Left empty, only the way to the signer and its answer are tested."
            data-autofocus
            spellCheck={false}
            value={objectUrl}
            onChange={(event) => setObjectUrl(event.currentTarget.value)}
          />
          {!test.isPending && test.data && <Result result={test.data} />}
          <ErrorNotice error={test.error} title="The test could not be run" />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Close
            </Button>
            <Button type="submit" loading={test.isPending}>
              Run the test
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function Result({ result }: { result: TestResult }) {
  if ('problem' in result) return <SignerNotice problem={result.problem} />;
  const { signed } = result;
  return (
    <Alert color="green" role="status" title="The signer works" icon={<IconCheck aria-hidden />}>
      <Text size="sm">It answers this browser and accepts the token.</Text>
      {signed && (
        <Text size="sm">
          It gave a URL at {signed.host} that is good until{' '}
          {formatDateTime(new Date(signed.freshUntil).toISOString())}.
        </Text>
      )}
    </Alert>
  );
}
