export interface JobAddress {
  readonly folderUuid: string;
  readonly jobUuid: string;
}
