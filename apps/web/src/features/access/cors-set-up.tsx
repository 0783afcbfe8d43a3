import { corsProviderNames, corsProviders, corsRule } from '@latchkey/doctor/cors-rule';
import { Tabs, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { CorsRuleBlock } from '../../components/access/cors-rule-block.js';

/** What to set on a bucket before its objects can be opened, with the address of this app filled in. */
export function CorsSetUp() {
  const [bucket, setBucket] = useState('');
  const target = { origin: location.origin, bucket: bucket.trim() || null };
  return (
    <>
      <Text size="sm" mb="sm">
        Browsers show the data of a bucket to a page of another address only where the bucket allows it. This
        rule lets pages of {location.origin} read, and nobody write.
      </Text>
      <TextInput
        label="Bucket"
        description="For Azure, the storage account. Left empty, the commands have a placeholder."
        maw={360}
        mb="sm"
        spellCheck={false}
        value={bucket}
        onChange={(event) => setBucket(event.currentTarget.value)}
      />
      <Tabs defaultValue="aws" keepMounted={false}>
        <Tabs.List aria-label="Storage provider">
          {corsProviders.map((provider) => (
            <Tabs.Tab key={provider} value={provider}>
              {corsProviderNames[provider]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {corsProviders.map((provider) => (
          <Tabs.Panel key={provider} value={provider}>
            <CorsRuleBlock rule={corsRule(provider, target)} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </>
  );
}
