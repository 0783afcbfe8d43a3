import { type UploadJob, unitOutcomes } from '@latchkey/contract/schemas/upload-job';
import { Button, Chip, Group, Stack, Text, Title } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconFilterOff } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { CenteredLoader } from '../../components/centered-loader.js';
import { EmptyState } from '../../components/empty-state.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { formatCount } from '../../lib/format.js';
import { chosenOutcomes, outcomeCounts, outcomeLabels } from './unit-outcomes.js';
import { UnitResultsTable } from './unit-results-table.js';
import { useUnitResults } from './use-unit-results.js';

/** What the fixed header of the page covers. */
const headerHeight = 72;

/** What became of each unit of a job, in the order of the file, by outcome. */
export function UnitResults({ job }: { readonly job: UploadJob }) {
  const [parameters, setParameters] = useSearchParams();
  // The address follows, somewhat later: two quick clicks must not be taken for one.
  const [outcomes, setOutcomes] = useState(() => chosenOutcomes(parameters));
  const choose = (chosen: readonly string[]) => {
    const address = new URLSearchParams(chosen.map((outcome) => ['outcome', outcome]));
    setOutcomes(chosenOutcomes(address));
    setParameters(address, { replace: true, preventScrollReset: true });
  };
  const results = useUnitResults(job, outcomes);
  const { page } = results;
  const top = useRef<HTMLDivElement>(null);
  return (
    <Stack
      gap="sm"
      ref={top}
      role="region"
      aria-label="Files of the manifest"
      style={{ scrollMarginTop: headerHeight }}
    >
      <Title order={2} size="h4">
        Files of the manifest
      </Title>
      <OutcomeFilter job={job} chosen={outcomes} onChange={choose} />
      <ErrorNotice error={page.error} title="The files could not be loaded" />
      {page.isPending && <CenteredLoader label="Loading the files" height={120} />}
      {page.data?.results.length === 0 && (
        <EmptyState
          icon={<IconFilterOff />}
          title="No file has this outcome"
          action={
            <Button variant="default" onClick={() => choose([])}>
              Show all files
            </Button>
          }
        />
      )}
      {page.data && page.data.results.length > 0 && (
        <>
          <UnitResultsTable units={page.data.results} />
          <Pages results={results} onTurn={() => top.current?.scrollIntoView()} />
        </>
      )}
    </Stack>
  );
}

function OutcomeFilter({
  job,
  chosen,
  onChange,
}: {
  readonly job: UploadJob;
  readonly chosen: readonly string[];
  readonly onChange: (chosen: string[]) => void;
}) {
  const counts = outcomeCounts(job);
  const shown = unitOutcomes.filter((outcome) => counts[outcome] > 0 || chosen.includes(outcome));
  return (
    <Chip.Group multiple value={[...chosen]} onChange={onChange}>
      <Group gap="xs" role="group" aria-label="Show only these outcomes">
        {shown.map((outcome) => (
          <Chip key={outcome} value={outcome} size="sm">
            {outcomeLabels[outcome]} ({formatCount(counts[outcome])})
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}

function Pages({
  results: { page, pageNumber, showNext, showPrevious },
  onTurn,
}: {
  readonly results: ReturnType<typeof useUnitResults>;
  readonly onTurn: () => void;
}) {
  if (!showNext && !showPrevious) return null;
  const turn = (show: (() => void) | null) => {
    show?.();
    onTurn();
  };
  return (
    <Group component="nav" aria-label="Pages" justify="center">
      <Button
        variant="default"
        size="xs"
        leftSection={<IconChevronLeft size={14} aria-hidden />}
        disabled={!showPrevious}
        onClick={() => turn(showPrevious)}
      >
        Previous page
      </Button>
      <Text size="sm" role="status">
        Page {formatCount(pageNumber)}
      </Text>
      <Button
        variant="default"
        size="xs"
        rightSection={<IconChevronRight size={14} aria-hidden />}
        disabled={!showNext || page.isPlaceholderData}
        onClick={() => turn(showNext)}
      >
        Next page
      </Button>
    </Group>
  );
}
