import type { Integration } from '@latchkey/contract/schemas/integration';
import type { Item } from '@latchkey/contract/schemas/item';
import { compileGateways } from '@latchkey/locator/gateways';
import { Alert, Button, Checkbox, FileInput, Group, List, Modal, Stack, Text } from '@mantine/core';
import { IconDownload, IconFileText } from '@tabler/icons-react';
import { useState } from 'react';
import { ErrorNotice } from '../../components/error-notice.js';
import { useRenewItems } from '../../components/storage/item-changes.js';
import { countOf, formatExpiry } from '../../lib/format.js';
import { useIntegrations } from '../../lib/integrations.js';
import { saveFile } from '../../lib/save-file.js';
import { type GatewaysByIntegration, listToSign, readSignedList, type SignedList } from './signed-list.js';

interface RenewDialogProps {
  readonly items: readonly Item[];
  readonly onClose: () => void;
}

const shown = 10;

const gatewaysOf = (integrations: readonly Integration[]): GatewaysByIntegration =>
  new Map(integrations.map(({ integrationUuid, gateways }) => [integrationUuid, compileGateways(gateways)]));

/** New signatures for items: the list goes out to be signed, and comes back. It is read in the browser. */
export function RenewDialog({ items, onClose }: RenewDialogProps) {
  const renewable = items.filter(({ url }) => url !== null);
  const [signed, setSigned] = useState<SignedList | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const [takesOthers, setTakesOthers] = useState(false);
  const renew = useRenewItems();
  const integrations = useIntegrations();
  const read = async (file: File | null) => {
    setSigned(null);
    setFault(null);
    setTakesOthers(false);
    renew.reset();
    if (!file) return;
    try {
      const bytes = new Uint8Array(await file.arrayBuffer());
      setSigned(readSignedList(bytes, renewable, gatewaysOf(integrations.data ?? []), Date.now()));
    } catch (error) {
      setFault(error);
    }
  };
  const isReady =
    signed !== null &&
    signed.urls.size > 0 &&
    signed.problems.length === 0 &&
    (signed.otherObjects.length === 0 || takesOthers);
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Renew ${countOf(items.length, 'item')}`}
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack>
        {renewable.length < items.length && (
          <Alert color="yellow">
            {countOf(items.length - renewable.length, 'group')} or series cannot be renewed here: upload a
            freshly signed manifest with &ldquo;Skip files that the folder has already&rdquo;.
          </Alert>
        )}
        <Step number={1} title="Download the list to sign">
          <Text size="sm">
            A table of the items with their object URLs, unsigned. Replace each URL in the column objectUrl by
            its freshly signed one, with the tool that you sign with.
          </Text>
          <Button
            variant="light"
            leftSection={<IconDownload size={16} aria-hidden />}
            disabled={renewable.length === 0}
            onClick={() => saveFile(new Blob([listToSign(renewable)], { type: 'text/csv' }), 'to-sign.csv')}
            style={{ alignSelf: 'flex-start' }}
          >
            Download to-sign.csv
          </Button>
        </Step>
        <Step number={2} title="Choose the signed list">
          <FileInput
            label="Signed list"
            placeholder={
              integrations.isPending ? 'Loading the integrations ...' : 'Choose the signed table (.csv)'
            }
            // Which object a URL of a gateway leads to is read by the rules of the integrations.
            disabled={!integrations.data}
            accept=".csv,.tsv,text/csv"
            leftSection={<IconFileText size={16} aria-hidden />}
            clearable
            onChange={(file) => void read(file)}
          />
        </Step>
        <ErrorNotice error={integrations.error} title="The integrations could not be loaded" />
        <ErrorNotice error={fault} title="The list could not be read" />
        {signed && <Findings signed={signed} takesOthers={takesOthers} onTakeOthers={setTakesOthers} />}
        {signed && isReady && !renew.isSuccess && (
          <Text size="sm" role="status">
            {readyText(signed, renewable.length, Date.now())}
          </Text>
        )}
        <ErrorNotice error={renew.error} title="The items were not renewed" />
        {renew.isSuccess && (
          <Alert color="green" role="status">
            {countOf(renew.data, 'item')} renewed.
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {renew.isSuccess ? 'Close' : 'Cancel'}
          </Button>
          <Button
            disabled={!isReady || renew.isSuccess}
            loading={renew.isPending}
            onClick={() => signed && renew.mutate(signed.urls)}
          >
            {signed && isReady ? `Renew ${countOf(signed.urls.size, 'item')}` : 'Renew'}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** What pressing the button will do. */
function readyText({ urls, firstEnd }: SignedList, selected: number, now: number): string {
  const isOne = urls.size === 1;
  const left = selected - urls.size;
  return [
    `${countOf(urls.size, 'item')} ${isOne ? 'gets a new URL' : 'get new URLs'}`,
    ...(firstEnd === null
      ? []
      : [`, ${isOne ? '' : 'the first of '}which ${formatExpiry(new Date(firstEnd).toISOString(), now)}`]),
    '.',
    ...(left === 0
      ? []
      : [` ${countOf(left, 'selected item')} not in the list ${left === 1 ? 'stays' : 'stay'} as before.`]),
  ].join('');
}

function Step(props: {
  readonly number: number;
  readonly title: string;
  readonly children: React.ReactNode;
}) {
  return (
    <Stack gap={6}>
      <Text fw={600}>
        {props.number}. {props.title}
      </Text>
      {props.children}
    </Stack>
  );
}

function Findings(props: {
  readonly signed: SignedList;
  readonly takesOthers: boolean;
  readonly onTakeOthers: (takes: boolean) => void;
}) {
  const { urls, problems, otherObjects } = props.signed;
  if (problems.length > 0)
    return (
      <Alert color="red" role="alert" title={`${countOf(problems.length, 'line')} cannot be taken`}>
        <Some texts={problems} />
      </Alert>
    );
  if (urls.size === 0)
    return (
      <Alert color="red" role="alert">
        The list has no items.
      </Alert>
    );
  if (otherObjects.length === 0) return null;
  return (
    <Alert
      color="yellow"
      role="alert"
      title={`${countOf(otherObjects.length, 'URL')} of another object than before`}
    >
      <Some texts={otherObjects} />
      <Checkbox
        mt="xs"
        label="Give these items the other objects"
        checked={props.takesOthers}
        onChange={(event) => props.onTakeOthers(event.currentTarget.checked)}
      />
    </Alert>
  );
}

function Some({ texts }: { readonly texts: readonly string[] }) {
  return (
    <List size="sm">
      {texts.slice(0, shown).map((text) => (
        <List.Item key={text}>{text}</List.Item>
      ))}
      {texts.length > shown && <List.Item>and {countOf(texts.length - shown, 'more', 'more')}</List.Item>}
    </List>
  );
}
