import type { ItemType } from '@latchkey/contract/kinds';
import type { Item } from '@latchkey/contract/schemas/item';

import { type ComponentType, lazy, Suspense } from 'react';
import { CenteredLoader } from '../../components/centered-loader.js';
import { FailureNotice } from './failure/failure-notice.js';
import { useViewing } from './use-viewing.js';
import { NoViewer } from './viewers/no-viewer.js';
import type { ViewerProps } from './viewers/viewer-props.js';

const viewers: { readonly [Type in ItemType]?: ComponentType<ViewerProps> } = {
  image: lazy(async () => ({ default: (await import('./viewers/image-viewer.js')).ImageViewer })),
  video: lazy(async () => ({ default: (await import('./viewers/video-viewer.js')).VideoViewer })),
  audio: lazy(async () => ({ default: (await import('./viewers/audio-viewer.js')).AudioViewer })),
  plainText: lazy(async () => ({ default: (await import('./viewers/text-viewer.js')).TextViewer })),
  scene: lazy(async () => ({
    default: (await import('./viewers/point-cloud/point-cloud-viewer.js')).PointCloudViewer,
  })),
  timeSeries: lazy(async () => ({
    default: (await import('./viewers/time-series/time-series-viewer.js')).TimeSeriesViewer,
  })),
  dicomFile: lazy(async () => ({
    default: (await import('./viewers/dicom/dicom-file-viewer.js')).DicomFileViewer,
  })),
  nifti: lazy(async () => ({ default: (await import('./viewers/nifti/nifti-viewer.js')).NiftiViewer })),
  pdf: lazy(async () => ({ default: (await import('./viewers/pdf-viewer.js')).PdfViewer })),
};

/** Shows the item with the viewer of its type, and says why when that does not work. */
export function ViewerFrame({ item, signedUrl }: { readonly item: Item; readonly signedUrl: string }) {
  const Viewer = viewers[item.itemType];
  const viewing = useViewing(item, signedUrl, Viewer !== undefined);
  if (!Viewer) return <NoViewer item={item} url={viewing.url} />;
  return (
    <>
      {viewing.problem && (
        <FailureNotice
          problem={viewing.problem}
          url={viewing.url}
          onRetry={viewing.retry}
          itemUuid={item.uuid}
        />
      )}
      {viewing.isDiagnosing && (
        <CenteredLoader label="Finding out why the item cannot be shown" height={200} />
      )}
      {/* The viewer stays drawn behind a notice, so that it goes on where it was. */}
      <div hidden={viewing.problem !== null || viewing.isDiagnosing} style={{ height: '100%' }}>
        <Suspense fallback={<CenteredLoader label="Loading the viewer" height={200} />}>
          <Viewer
            item={item}
            url={viewing.url}
            attempt={viewing.attempt}
            onReady={viewing.onReady}
            onFail={viewing.onFail}
          />
        </Suspense>
      </div>
    </>
  );
}
