import { Button, Loader, NativeSelect, SegmentedControl, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { formatBytes } from '../../../lib/format.js';
import { FormattedText } from './text/formatted-text.js';
import { formLabels, formOf } from './text/text-form.js';
import { decodeParts, detectEncoding, type Encoding, encodings } from './text-decoding.js';
import { useTextParts } from './use-text-parts.js';
import type { ViewerProps } from './viewer-props.js';
import classes from './viewers.module.css';

/** Larger texts are first shown as they stand: formatting them would block the page for a while. */
const maxFormattedBytes = 3 * 1024 * 1024;

export function TextViewer(props: ViewerProps) {
  const { item } = props;
  const source = useTextParts(props);
  const [chosen, setChosen] = useState<Encoding | null>(null);
  const [wish, setWish] = useState<'formatted' | 'source' | null>(null);
  const [first] = source.parts;
  const encoding = chosen ?? (first ? detectEncoding(first) : 'utf-8');
  const text = useMemo(() => decodeParts(source.parts, encoding), [source.parts, encoding]);
  const form = formOf(item.name, item.mimeType);
  // A part of a table is one, and a part of the others is not.
  const isFormattable = form === 'csv' || source.isComplete;
  const isFormatted =
    form !== null && isFormattable && (wish ?? defaultView(source.byteCount)) === 'formatted';
  return (
    <div className={classes['viewer']}>
      <div className={classes['toolbar']} role="toolbar" aria-label="Text">
        <NativeSelect
          aria-label="Encoding"
          size="xs"
          value={encoding}
          data={[...encodings]}
          onChange={(event) =>
            setChosen(encodings.find((candidate) => candidate === event.currentTarget.value) ?? null)
          }
        />
        {form && (
          <SegmentedControl
            size="xs"
            aria-label="View"
            value={isFormatted ? 'formatted' : 'source'}
            disabled={!isFormattable}
            data={[
              { value: 'formatted', label: formLabels[form] },
              { value: 'source', label: 'Source' },
            ]}
            onChange={(value) => setWish(value === 'formatted' ? 'formatted' : 'source')}
          />
        )}
        <Text size="sm" c="dimmed" role="status">
          {progressOf(source.byteCount, source.isComplete, item.fileSize)}
        </Text>
        {!source.isComplete && source.byteCount > 0 && (
          <Button size="compact-sm" variant="default" loading={source.isLoading} onClick={source.loadMore}>
            Load more
          </Button>
        )}
      </div>
      {source.byteCount === 0 && !source.isComplete ? (
        <div className={classes['stage']}>
          <div className={classes['loading']}>
            <Loader aria-label="Loading the text" />
          </div>
        </div>
      ) : (
        <FormattedText
          text={text}
          form={isFormatted ? form : null}
          isComplete={source.isComplete}
          label={item.name}
        />
      )}
    </div>
  );
}

const defaultView = (byteCount: number) => (byteCount <= maxFormattedBytes ? 'formatted' : 'source');

function progressOf(bytes: number, isComplete: boolean, fileSize: number | null): string {
  if (bytes === 0) return isComplete ? 'The file is empty.' : '';
  if (isComplete) return formatBytes(bytes);
  return fileSize === null
    ? `The first ${formatBytes(bytes)}`
    : `The first ${formatBytes(bytes)} of ${formatBytes(fileSize)}`;
}
