import { Button, Select, Stack, TextInput } from '@mantine/core';
import { IconStethoscope } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useIntegrations } from '../../lib/integrations.js';
import { AccessResult } from './access-result.js';
import { checkUrlAccess } from './check-access.js';

/** The URL is a secret: it stays in this form, and neither the address of the page nor the server gets it. */
export function UrlAccess({ integrationUuid }: { readonly integrationUuid: string | null }) {
  const integrations = useIntegrations();
  const [integration, setIntegration] = useState(integrationUuid);
  const [text, setText] = useState('');
  const [checked, setChecked] = useState<{ url: string; integration: string; run: number } | null>(null);
  const report = useQuery({
    queryKey: ['access', 'url', checked?.run],
    enabled: checked !== null,
    gcTime: 0,
    retry: false,
    queryFn: ({ signal }) => {
      if (!checked) throw new Error('There is no URL to check.');
      return checkUrlAccess(checked.url, checked.integration, signal);
    },
  });
  const url = text.trim();
  const isUrl = /^https?:\/\//i.test(url) && URL.canParse(url);
  const check = (event: FormEvent) => {
    event.preventDefault();
    if (isUrl && integration) setChecked({ url, integration, run: (checked?.run ?? 0) + 1 });
  };
  return (
    <Stack>
      <form onSubmit={check}>
        <Stack gap="sm" align="start">
          <Select
            label="Integration"
            description="Its allowed hosts are those from which this browser may load."
            placeholder="Choose an integration"
            w="100%"
            maw={480}
            data={(integrations.data ?? []).map((each) => ({
              value: each.integrationUuid,
              label: each.title,
            }))}
            value={integration}
            onChange={setIntegration}
          />
          <TextInput
            label="URL of an object"
            description="Signed as you would register it. Only this browser uses it; it is not sent to the server."
            placeholder="https://"
            w="100%"
            type="url"
            autoComplete="off"
            spellCheck={false}
            value={text}
            error={url !== '' && !isUrl ? 'Give a URL that begins with https:// or http://.' : null}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button
            type="submit"
            leftSection={<IconStethoscope size={16} aria-hidden />}
            disabled={!isUrl || !integration}
            loading={report.isFetching}
          >
            Check the access
          </Button>
        </Stack>
      </form>
      {checked && <AccessResult report={report} />}
    </Stack>
  );
}
