import { Button, Loader, NativeSelect, Switch, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { formatBytes } from '../../../lib/format.js';
import { prettyJson } from './pretty-json.js';
import { decodeParts, detectEncoding, type Encoding, encodings, rowsOfText } from './text-decoding.js';
import { TextRows } from './text-rows.js';
import { useTextParts } from './use-text-parts.js';
import type { ViewerProps } from './viewer-props.js';
import classes from './viewers.module.css';

const isJsonNamed = (name: string, mimeType: string | null) =>
  /\bjson\b/.test(mimeType ?? '') || /\.json$/i.test(name);

export function TextViewer(props: ViewerProps) {
  const { item } = props;
  const source = useTextParts(props);
  const [chosen, setChosen] = useState<Encoding | null>(null);
  const [isPretty, setIsPretty] = useState(false);
  const [first] = source.parts;
  const encoding = chosen ?? (first ? detectEncoding(first) : 'utf-8');
  const text = useMemo(() => decodeParts(source.parts, encoding), [source.parts, encoding]);
  const pretty = useMemo(
    () => (isPretty && source.isComplete ? prettyJson(text) : null),
    [isPretty, source.isComplete, text],
  );
  const rows = useMemo(() => rowsOfText(pretty ?? text), [pretty, text]);
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
        {isJsonNamed(item.name, item.mimeType) && (
          <Switch
            size="sm"
            label="Indent JSON"
            checked={isPretty}
            disabled={!source.isComplete}
            onChange={(event) => setIsPretty(event.currentTarget.checked)}
          />
        )}
        {isPretty && source.isComplete && pretty === null && (
          <Text size="sm" c="red" role="status">
            This is not valid JSON.
          </Text>
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
        <TextRows rows={rows} label={item.name} />
      )}
    </div>
  );
}

function progressOf(bytes: number, isComplete: boolean, fileSize: number | null): string {
  if (bytes === 0) return isComplete ? 'The file is empty.' : '';
  if (isComplete) return formatBytes(bytes);
  return fileSize === null
    ? `The first ${formatBytes(bytes)}`
    : `The first ${formatBytes(bytes)} of ${formatBytes(fileSize)}`;
}
