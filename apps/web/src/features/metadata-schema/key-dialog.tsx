import { limits } from '@latchkey/contract/limits';
import { type MetadataValueType, metadataValueTypes } from '@latchkey/contract/schemas/metadata-schema';
import { Alert, Button, Group, Modal, NumberInput, Select, Stack, TagsInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ErrorNotice } from '../../components/error-notice.js';
import { useChangeMetadataSchema, useMetadataSchema } from '../../lib/metadata-schema.js';
import { fieldsOf, isComplete, type KeyFields, keyProblem, newKey, typeOf } from './key-fields.js';
import type { SchemaKey } from './keys-table.js';
import { typeNames } from './type-text.js';

interface Props {
  /** Undefined: a new one. */
  readonly schemaKey?: SchemaKey;
  readonly onClose: () => void;
}

/** Adds a key to the metadata schema, or changes the type of one. */
export function KeyDialog({ schemaKey, onClose }: Props) {
  const schema = useMetadataSchema().data ?? {};
  const [fields, setFields] = useState(schemaKey ? fieldsOf(schemaKey.key, schemaKey.type) : newKey);
  const saving = useChangeMetadataSchema(onClose);
  const key = fields.key.trim();
  const problem = schemaKey ? null : keyProblem(key, schema);
  const canSave = problem === null && isComplete({ ...fields, key });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (canSave)
      saving.mutate((current) => ({ ...current, [key]: typeOf({ ...fields, key }, current[key]) }));
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={schemaKey ? 'Edit key' : 'Add key'}
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label="Key"
            description="Letters, digits, “-”, “_”, “.” and spaces. It cannot be renamed later."
            placeholder="video.weather"
            required
            data-autofocus
            readOnly={schemaKey !== undefined}
            value={fields.key}
            error={problem ?? undefined}
            onChange={(event) => setFields({ ...fields, key: event.currentTarget.value })}
          />
          <TypeFields fields={fields} onChange={setFields} />
          {schemaKey && (
            <Alert variant="light" color="blue">
              Items whose values do not fit any more keep them, until their client metadata is edited.
            </Alert>
          )}
          <ErrorNotice error={saving.error} title="The metadata schema was not saved" />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={saving.isPending} disabled={!canSave}>
              {schemaKey ? 'Save' : 'Add key'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

const typeOptions = metadataValueTypes.map((value) => ({ value, label: typeNames[value] }));

function TypeFields(props: { readonly fields: KeyFields; readonly onChange: (fields: KeyFields) => void }) {
  const { fields, onChange } = props;
  return (
    <>
      <Select
        label="Type"
        data={typeOptions}
        allowDeselect={false}
        value={fields.valueType}
        // The options are the types.
        onChange={(value) => onChange({ ...fields, valueType: value as MetadataValueType })}
      />
      {fields.valueType === 'enum' && (
        <TagsInput
          label="Allowed values"
          description="Press Enter after each."
          required
          maxTags={limits.enumValues}
          splitChars={[]}
          value={[...fields.values]}
          onChange={(values) => onChange({ ...fields, values })}
        />
      )}
      {fields.valueType === 'embedding' && (
        <NumberInput
          label="How many numbers"
          required
          min={1}
          max={limits.embeddingSize}
          allowDecimal={false}
          value={fields.size}
          onChange={(size) => onChange({ ...fields, size: Number(size) })}
        />
      )}
    </>
  );
}
