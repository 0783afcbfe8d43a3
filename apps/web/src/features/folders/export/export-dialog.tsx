import { type ExportFormat, exportFormatNames, exportFormats } from '@latchkey/contract/export-formats';
import { limits } from '@latchkey/contract/limits';
import { Alert, Button, Checkbox, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { ErrorNotice } from '../../../components/error-notice.js';
import { countOf } from '../../../lib/format.js';
import { useReturnFocus } from '../../../lib/use-return-focus.js';
import { ExportOutcome } from './export-outcome.js';
import { formatUses, missingTypes } from './format-text.js';
import { type ExportedRows, useExportReport, useStartExport } from './use-export.js';

const formatOptions = exportFormatNames.map((value) => ({ value, label: exportFormats[value].title }));

interface ExportDialogProps {
  readonly rows: ExportedRows;
  readonly onClose: () => void;
}

/** Writes items to a file: the format, with signatures or without, and then what was left out. */
export function ExportDialog({ rows, onClose }: ExportDialogProps) {
  useReturnFocus();
  const [format, setFormat] = useState<ExportFormat>('manifest-json');
  const [wantsSignatures, setWantsSignatures] = useState(false);
  const start = useStartExport(rows);
  const report = useExportReport(start.data);
  const { hasUrls } = exportFormats[format];
  const withSignatures = wantsSignatures && hasUrls;
  const isTooMany = rows.kind === 'items' && rows.items.length > limits.bulkItems;
  const choose = (value: string | null) => {
    const chosen = exportFormatNames.find((name) => name === value);
    if (chosen) setFormat(chosen);
    start.reset();
  };
  return (
    <Modal opened onClose={onClose} title={titleOf(rows)} closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack>
        <Select
          label="Format"
          data={formatOptions}
          value={format}
          onChange={choose}
          allowDeselect={false}
          description={formatUses[format]}
          data-autofocus
        />
        <CannotHold format={format} />
        <Checkbox
          label="With signatures"
          description={
            hasUrls
              ? 'The file then opens the objects until the URLs expire: keep it safe. The audit log has their number. Without them it is a list to sign anew.'
              : 'This format names objects by their keys: a signature has no place in it.'
          }
          checked={withSignatures}
          disabled={!hasUrls}
          onChange={(event) => {
            setWantsSignatures(event.currentTarget.checked);
            start.reset();
          }}
        />
        {isTooMany && (
          <Alert color="yellow">
            At most {countOf(limits.bulkItems, 'selected item')} can be exported at once. For more, filter the
            list and export all of it.
          </Alert>
        )}
        <ErrorNotice error={start.error} title="The items were not exported" />
        {start.data !== undefined && <ExportOutcome report={report.data} error={report.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {start.isSuccess ? 'Close' : 'Cancel'}
          </Button>
          <Button
            disabled={isTooMany}
            loading={start.isPending}
            onClick={() => start.mutate({ format, withSignatures })}
          >
            Export
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function titleOf(rows: ExportedRows): string {
  return rows.kind === 'items'
    ? `Export ${countOf(rows.items.length, 'item')}`
    : 'Export what the list shows';
}

function CannotHold({ format }: { readonly format: ExportFormat }) {
  const missing = missingTypes(format);
  if (missing.length === 0) return null;
  return (
    <Text size="sm" c="dimmed">
      Leaves out: {missing.join(', ')}.
    </Text>
  );
}
