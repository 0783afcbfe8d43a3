import { useParams } from 'react-router';
import { DatasetPage } from './dataset-page.js';
import { DatasetsPage } from './datasets-page.js';

/** All datasets or one: a single part of the app, so that the list of its parts stays short in the first load. */
export function DatasetsRoute() {
  const { datasetUuid } = useParams();
  return datasetUuid === undefined ? <DatasetsPage /> : <DatasetPage datasetUuid={datasetUuid} />;
}
