import type { LatchkeyClient } from '@latchkey/sdk/client';
import { CommandError } from '../command-error.js';

const tile = (key: string) => ({ type: 'data_unit', key });

/** Groups of items of the demo by their titles: one of each layout, with members of several types. */
const groups = [
  {
    title: 'Street from all sides (grid)',
    layout: 'default-grid',
    members: {
      film: 'Circling lights, frame numbers burnt in',
      points: 'Valley from the air',
      ride: 'A ride of twenty minutes',
      picture: 'Mandelbrot, Seahorse Valley',
    },
  },
  {
    title: 'Station papers (one at a time)',
    layout: 'default-list',
    members: {
      notes: 'Field notes, ridge station',
      sensors: 'Ridge station, sensors',
      speech: 'Spoken welcome',
    },
  },
  {
    title: 'Valley desk (tiles)',
    layout: {
      direction: 'row',
      splitPercentage: 60,
      first: tile('valley'),
      second: {
        direction: 'column',
        splitPercentage: 50,
        first: tile('ride'),
        second: {
          type: 'data_unit_list',
          keys: ['guide', 'boxes'],
          carouselPosition: 'top',
          carouselSize: 20,
        },
      },
    },
    settings: { tileSettings: { valley: { title: 'The valley' } } },
    members: {
      valley: 'Valley from the air',
      ride: 'A ride of twenty minutes',
      guide: 'Label guide: circling lights',
      boxes: 'Boxes of a street crossing',
    },
  },
] as const;

/** Registers groups of items that are registered already, which a manifest names by their UUIDs. */
export async function registerDemoGroups(
  client: LatchkeyClient,
  folderName: string,
  integrationId: string,
): Promise<void> {
  for await (const folder of client.listStorageFolders({ search: folderName })) {
    if (folder.name !== folderName) continue;
    const uuids = new Map<string, string>();
    for await (const { name, uuid } of folder.listItems()) uuids.set(name, uuid);
    const manifest = {
      data_groups: groups.map(({ members, ...group }) => ({
        ...group,
        layoutContents: Object.fromEntries(
          Object.entries(members).map(([key, title]) => [key, uuids.get(title)]),
        ),
      })),
    };
    const job = await folder.addPrivateDataToFolderStart({ integrationId, manifest, ignoreErrors: false });
    const { status } = await folder.addPrivateDataToFolderGetResult(job);
    if (status === 'DONE') return;
  }
  throw new CommandError(
    'demo_failed',
    'The groups of the demo were not registered.',
    'Start the demo again.',
  );
}
