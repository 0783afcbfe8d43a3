import { decodeTitle } from './object-name.js';
import { JsonElements, sizedImagesOf, type TaskFile, type TaskWriter } from './task-item.js';

/**
 * COCO's list of images without annotations. Readers index `annotations` and `categories`, so they are there, empty.
 * `info` stands at the end, because it says what was left out.
 */
export function cocoWriter({ name, now }: TaskFile): TaskWriter {
  const elements = new JsonElements();
  let id = 0;
  return {
    head: '{"images":[',
    item: (item, leaveOut) => {
      const images = sizedImagesOf(item, leaveOut).map(({ uuid, url, width, height }) => {
        id += 1;
        return {
          id,
          width,
          height,
          file_name: decodeTitle(url),
          coco_url: url,
          date_captured: item.createdAt.slice(0, 19).replace('T', ' '),
          item_uuid: uuid,
        };
      });
      return elements.text(images);
    },
    end: (leftOut) =>
      `\n],"annotations":[],"categories":[],"licenses":[],"info":${JSON.stringify(infoOf(name, now, leftOut))}}\n`,
  };
}

const infoOf = (name: string, now: Date, leftOut: readonly unknown[]): object => ({
  description: name,
  url: '',
  version: '1.0',
  year: now.getUTCFullYear(),
  contributor: 'Latchkey',
  date_created: now.toISOString().slice(0, 10).replaceAll('-', '/'),
  left_out: leftOut,
});
