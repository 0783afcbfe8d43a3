import { Loader, Text } from '@mantine/core';
import { lazy, Suspense, useMemo } from 'react';
import { prettyJson } from '../pretty-json.js';
import { rowsOfText } from '../text-decoding.js';
import { TextRows } from '../text-rows.js';
import { prettyXml } from './pretty-xml.js';
import { TableView } from './table-view.js';
import type { TextForm } from './text-form.js';

const MarkdownView = lazy(async () => ({ default: (await import('./markdown-view.js')).MarkdownView }));

interface FormattedTextProps {
  readonly text: string;
  /** Null: as it stands. */
  readonly form: TextForm | null;
  readonly isComplete: boolean;
  readonly label: string;
}

/** A text in the view of its form. */
export function FormattedText({ text, form, isComplete, label }: FormattedTextProps) {
  if (form === 'csv') return <TableView text={text} isComplete={isComplete} label={label} />;
  if (form === 'markdown')
    return (
      <Suspense fallback={<Loader aria-label="Loading the viewer" />}>
        <MarkdownView text={text} label={label} />
      </Suspense>
    );
  return <Lines text={text} form={form} label={label} />;
}

interface LinesProps extends Omit<FormattedTextProps, 'form' | 'isComplete'> {
  readonly form: 'json' | 'xml' | null;
}

function Lines({ text, form, label }: LinesProps) {
  const pretty = useMemo(() => {
    if (form === null) return null;
    return form === 'json' ? prettyJson(text) : prettyXml(text);
  }, [text, form]);
  const rows = useMemo(() => rowsOfText(pretty ?? text), [pretty, text]);
  return (
    <>
      {form !== null && pretty === null && (
        <Text size="sm" c="red" role="alert">
          This is not valid {form.toUpperCase()}, so it is shown as it stands.
        </Text>
      )}
      <TextRows rows={rows} label={label} />
    </>
  );
}
