import type { ItemType } from '@latchkey/contract/kinds';
import { JsonElements, type LeaveOut, type TaskItem, type TaskWriter } from './task-item.js';

/** The variable of the labelling configuration that holds the URL. */
const variables: Partial<Record<ItemType, string>> = {
  image: 'image',
  video: 'video',
  audio: 'audio',
  plainText: 'text',
  pdf: 'pdf',
  timeSeries: 'timeseries',
};

/** Label Studio's JSON: a list of tasks, each with its `data`; what else is known of the item is its `meta`. */
export function labelStudioWriter(): TaskWriter {
  const elements = new JsonElements();
  return {
    head: '[',
    item: (item, leaveOut) => {
      const data = dataOf(item, leaveOut);
      return data === null ? '' : elements.text([taskOf(item, data)]);
    },
    end: () => '\n]\n',
  };
}

function taskOf(item: TaskItem, data: Readonly<Record<string, unknown>>): object {
  return {
    data: { ...data, title: item.name, item_uuid: item.uuid },
    meta: { client_metadata: item.clientMetadata },
  };
}

/** Null: nothing of the item fits. The images of a group are one task of several images. */
function dataOf(item: TaskItem, leaveOut: LeaveOut): Record<string, unknown> | null {
  const variable = variables[item.itemType];
  const isGroup = item.itemType === 'imageGroup' || item.itemType === 'imageSequence';
  const refuse = (reason: Parameters<LeaveOut>[1]): null => {
    leaveOut(item.itemType, reason);
    return null;
  };
  if (item.isMadeOfItems && isGroup) return refuse('made_of_items');
  if (isGroup) {
    const urls = item.members.map(({ url }) => url);
    return urls.includes(null) ? refuse('no_url') : { images: urls };
  }
  if (variable === undefined) return refuse('type');
  return item.url === null ? refuse('no_url') : { [variable]: item.url };
}
