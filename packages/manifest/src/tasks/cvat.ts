import { bucketKey, splitExtension } from './object-name.js';
import { sizedImagesOf, type TaskWriter } from './task-item.js';

/**
 * CVAT's dataset manifest 1.1 of images: two lines of header, then a line an image, named by its key in the bucket,
 * which CVAT reads as a cloud storage of its own. So a file is of one bucket, that of the first image.
 *
 * Its manifest of a video is a file a video, with the place of each key frame, which only reading the video tells.
 */
export function cvatWriter(): TaskWriter {
  let bucket: string | null = null;
  return {
    head: '{"version":"1.1"}\n{"type":"images"}\n',
    item: (item, leaveOut) => {
      let text = '';
      for (const { url, width, height, itemType } of sizedImagesOf(item, leaveOut)) {
        const place = bucketKey(url);
        bucket ??= place?.bucket ?? null;
        if (place === null || place.bucket !== bucket) {
          leaveOut(itemType, 'other_bucket');
          continue;
        }
        const [name, extension] = splitExtension(place.key);
        text += `${JSON.stringify({ name, extension, width, height })}\n`;
      }
      return text;
    },
    end: () => '',
  };
}
