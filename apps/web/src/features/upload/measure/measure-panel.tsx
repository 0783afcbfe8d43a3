import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { IconRuler2, IconShieldCheck } from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import { ErrorNotice } from '../../../components/error-notice.js';
import { countOf } from '../../../lib/format.js';
import { useNow } from '../../../lib/use-now.js';
import type { Measuring, MeasuringState } from './measuring.js';
import { MeasuringFailures } from './measuring-failures.js';
import { measuringOf } from './measuring-of.js';
import { countsText, rateText, surveyText } from './measuring-text.js';
import type { Survey } from './survey.js';
import { VerificationResult } from './verification-result.js';

export interface MeasurePanelProps {
  readonly file: File;
  readonly integrationUuid: string | null;
  readonly isStrict: boolean;
}

/** What a picked manifest lacks, and measuring it in this browser. */
export function MeasurePanel({ file, integrationUuid, isStrict }: MeasurePanelProps) {
  const measuring = measuringOf(file);
  const state = useSyncExternalStore(measuring.subscribe, measuring.getState);
  if (state.phase === 'surveying')
    return (
      <Text size="xs" c="dimmed" role="status">
        Looking for files without media metadata
      </Text>
    );
  return (
    <Stack gap={6} role="group" aria-label={`Media metadata of ${file.name}`}>
      {state.error !== null && <ErrorNotice error={state.error} title="The files could not be measured" />}
      {state.survey && (
        <>
          <Text size="xs" c="dimmed">
            {surveyText(state.survey)}
          </Text>
          <Lacking state={state} survey={state.survey} isStrict={isStrict} />
          <Actions
            measuring={measuring}
            state={state}
            survey={state.survey}
            integrationUuid={integrationUuid}
          />
        </>
      )}
      {state.phase === 'measuring' && <MeasuringProgress state={state} name={file.name} />}
      <MeasuringFailures state={state} />
      {state.verification && <VerificationResult verification={state.verification} />}
    </Stack>
  );
}

function Lacking({
  state,
  survey,
  isStrict,
}: {
  readonly state: MeasuringState;
  readonly survey: Survey;
  readonly isStrict: boolean;
}) {
  if (survey.lacking === 0) return null;
  if (state.done > 0 && state.phase === 'ready')
    return (
      <Text size="sm" role="status">
        {countsText(state)} in this browser. What is measured is filled in when you import.
      </Text>
    );
  if (state.phase !== 'ready') return null;
  const fails = isStrict && survey.needed > 0;
  return (
    <Alert variant="light" color={fails ? 'orange' : 'blue'} p="xs">
      <Text size="sm">
        {fails
          ? 'Files without media metadata fail under strict client-only access. Your browser can measure them: it reads a few parts of each file straight from the storage, and the server sees no byte.'
          : 'Your browser can measure them: it reads a few parts of each file straight from the storage.'}
      </Text>
    </Alert>
  );
}

function Actions({
  measuring,
  state,
  survey,
  integrationUuid,
}: {
  readonly measuring: Measuring;
  readonly state: MeasuringState;
  readonly survey: Survey;
  readonly integrationUuid: string | null;
}) {
  const isBusy = state.phase !== 'ready';
  const isLeft = survey.lacking > state.done;
  const act = (work: (uuid: string) => Promise<void>) => () => {
    if (integrationUuid !== null) void work.call(measuring, integrationUuid);
  };
  return (
    <Group gap="xs">
      {isLeft && state.phase !== 'measuring' && (
        <Button
          size="xs"
          variant="light"
          leftSection={<IconRuler2 size={14} aria-hidden />}
          disabled={isBusy || integrationUuid === null}
          onClick={act(measuring.measure)}
        >
          {state.done > 0 || state.failed > 0
            ? 'Go on measuring'
            : `Measure ${countOf(survey.lacking, 'file')} here`}
        </Button>
      )}
      {survey.claimed > 0 && (
        <Button
          size="xs"
          variant="subtle"
          leftSection={<IconShieldCheck size={14} aria-hidden />}
          disabled={isBusy || integrationUuid === null}
          loading={state.phase === 'verifying'}
          onClick={act(measuring.verify)}
        >
          Verify a sample
        </Button>
      )}
      {state.phase === 'measuring' && (
        <Button size="xs" variant="default" onClick={() => measuring.cancel()}>
          Cancel
        </Button>
      )}
    </Group>
  );
}

function MeasuringProgress({ state, name }: { readonly state: MeasuringState; readonly name: string }) {
  const now = useNow(1000);
  const total = Math.max(1, state.survey?.lacking ?? 1);
  return (
    <Stack gap={4}>
      <Progress.Root size="lg" role="group" aria-label={`Measuring ${name}`}>
        <Progress.Section value={(100 * state.done) / total} animated aria-label={countsText(state)} />
        <Progress.Section value={(100 * state.failed) / total} color="red.7" aria-label="failed" />
      </Progress.Root>
      <Text size="sm">{countsText(state)}</Text>
      <Text size="xs" c="dimmed">
        {rateText(state, now)}
      </Text>
      <Text size="xs" c="dimmed">
        What is measured is kept in this browser: close the page and add the file again later, and it goes on.
      </Text>
    </Stack>
  );
}
