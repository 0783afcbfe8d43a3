import { utilities } from '@cornerstonejs/metadata';
import { Table, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import classes from './dicom.module.css';
import type { DicomFile } from './dicom-file.js';
import { type Dictionary, type TagRow, tagRows } from './tag-rows.js';
import { transferSyntaxName } from './transfer-syntaxes.js';

// The dictionary comes without types.
const lookUp = utilities.Tags.dictionaryLookup as Dictionary;

/** `PixelSpacing` -> `Pixel Spacing`, which wraps. */
const spaced = (name: string) => name.replaceAll(/([a-z])([A-Z])/g, '$1 $2');

const matches = ({ tag, name, value }: TagRow, search: string) =>
  `${tag} ${tag.replace(/[(),]/g, '')} ${name} ${spaced(name)} ${value}`.toLowerCase().includes(search);

/** The tags of the shown file. */
export function TagsPanel({ file, name }: { readonly file: DicomFile; readonly name: string }) {
  const [search, setSearch] = useState('');
  const rows = useMemo(() => tagRows(file.dataSet, lookUp), [file]);
  const found = rows.filter((row) => matches(row, search.trim().toLowerCase()));
  return (
    <section
      className={classes['tags']}
      aria-label={`Tags of ${name}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard.
      tabIndex={0}
    >
      <TextInput
        aria-label="Search the tags"
        placeholder={`Search ${rows.length} tags of ${name}`}
        size="xs"
        m="xs"
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        description={`Encoded as ${transferSyntaxName(file.transferSyntax)}`}
      />
      <Table verticalSpacing={2} horizontalSpacing="xs" stickyHeader fz="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Tag</Table.Th>
            <Table.Th scope="col">Name</Table.Th>
            <Table.Th scope="col">Value</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {found.map(({ key, tag, depth, name: label, value }) => (
            <Table.Tr key={key}>
              <Table.Td className={classes['tag'] ?? ''}>{tag}</Table.Td>
              <Table.Td style={{ paddingInlineStart: 10 + depth * 12 }}>{spaced(label)}</Table.Td>
              <Table.Td>{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
