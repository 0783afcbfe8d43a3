import type { ExportFormat } from '@latchkey/contract/export-formats';
import { cocoWriter } from './coco.js';
import { cvatWriter } from './cvat.js';
import { fiftyOneWriter } from './fiftyone.js';
import { labelStudioWriter } from './label-studio.js';
import type { TaskFile, TaskWriter } from './task-item.js';

export type TaskFormat = Exclude<ExportFormat, 'items' | `manifest-${string}`>;

const writers: Readonly<Record<TaskFormat, (file: TaskFile) => TaskWriter>> = {
  'label-studio': labelStudioWriter,
  cvat: cvatWriter,
  'fiftyone-images': (file) => fiftyOneWriter('image', file),
  'fiftyone-videos': (file) => fiftyOneWriter('video', file),
  coco: cocoWriter,
};

export const taskWriter = (format: TaskFormat, file: TaskFile): TaskWriter => writers[format](file);
