import { Paper, Stack, Title } from '@mantine/core';
import { useSearchParams } from 'react-router';
import { PageHeader } from '../../components/page-header.js';
import { CorsSetUp } from './cors-set-up.js';
import { ItemAccess } from './item-access.js';
import { UrlAccess } from './url-access.js';

/** `/access?item=UUID` or `/access?integration=UUID`: why this browser can, or cannot, open data; and how to mend it. */
export function AccessPage() {
  const [params] = useSearchParams();
  const itemUuid = params.get('item');
  return (
    <>
      <PageHeader
        title="Check the access"
        description="Loads an object from your storage in every way that the viewers do, in this browser, and says what is wrong and how to mend it."
      />
      <Stack gap="xl">
        {itemUuid !== null ? (
          <ItemAccess key={itemUuid} itemUuid={itemUuid} />
        ) : (
          <UrlAccess integrationUuid={params.get('integration')} />
        )}
        <Paper withBorder p="md" component="section" aria-labelledby="cors-set-up">
          <Title order={2} size="h4" id="cors-set-up" mb="xs">
            Set up CORS
          </Title>
          <CorsSetUp />
        </Paper>
      </Stack>
    </>
  );
}
