import { leftOutReasons } from '@latchkey/contract/export-formats';
import type { ExportReport } from '@latchkey/contract/schemas/export';
import { Alert, Group, List, Loader, Text } from '@mantine/core';
import { ErrorNotice } from '../../../components/error-notice.js';
import { itemTypeLabels } from '../../../components/storage/item-types.js';
import { countOf, formatCount } from '../../../lib/format.js';

interface ExportOutcomeProps {
  readonly report: ExportReport | undefined;
  readonly error: unknown;
}

/** How far an export is, and what it holds in the end. */
export function ExportOutcome({ report, error }: ExportOutcomeProps) {
  if (error) return <ErrorNotice error={error} title="The download did not begin" />;
  if (!report || report.status === 'RUNNING')
    return (
      <Group gap="xs" role="status">
        <Loader size="xs" aria-hidden />
        <Text size="sm">The browser is downloading the file.</Text>
      </Group>
    );
  if (report.status === 'BROKEN')
    return (
      <Alert color="red" role="alert">
        The download broke off after {countOf(report.itemsCount, 'item')}. Its file is not whole.
      </Alert>
    );
  return <Done report={report} />;
}

function Done({ report: { itemsCount, urlsCount, leftOut } }: { readonly report: ExportReport }) {
  return (
    <Alert color={leftOut.length > 0 ? 'yellow' : 'green'} role="status">
      <Text size="sm">
        {countOf(itemsCount, 'item')} exported
        {urlsCount > 0 && `, with ${countOf(urlsCount, 'signed URL')}`}.
      </Text>
      {leftOut.length > 0 && (
        <List size="sm" mt="xs">
          {leftOut.map(({ itemType, reason, count }) => (
            <List.Item key={`${itemType} ${reason}`}>
              Left out: {formatCount(count)} × {itemTypeLabels[itemType]}. {leftOutReasons[reason]}
            </List.Item>
          ))}
        </List>
      )}
    </Alert>
  );
}
