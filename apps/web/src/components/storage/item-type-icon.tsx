import type { ItemType } from '@latchkey/contract/kinds';
import {
  IconBrain,
  IconChartLine,
  IconCube,
  IconFileText,
  IconFileTypePdf,
  IconLayoutGrid,
  IconMovie,
  IconPhoto,
  IconPhotoScan,
  IconStack2,
  IconVolume,
} from '@tabler/icons-react';

const icons: Readonly<Record<ItemType, typeof IconPhoto>> = {
  video: IconMovie,
  image: IconPhoto,
  imageGroup: IconStack2,
  imageSequence: IconStack2,
  dicomFile: IconPhotoScan,
  dicomSeries: IconPhotoScan,
  audio: IconVolume,
  nifti: IconBrain,
  plainText: IconFileText,
  pdf: IconFileTypePdf,
  scene: IconCube,
  timeSeries: IconChartLine,
  group: IconLayoutGrid,
};

/** Decorative: the type stands in words beside it. */
export function ItemTypeIcon({ type, size = 18 }: { readonly type: ItemType; readonly size?: number }) {
  const Icon = icons[type];
  return <Icon size={size} stroke={1.6} aria-hidden style={{ flexShrink: 0 }} />;
}
