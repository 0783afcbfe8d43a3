export interface CorsRule {
  /** Where it goes, in words. */
  readonly where: string;
  readonly text: string;
}

const exposed = ['Content-Range', 'Content-Length', 'Accept-Ranges', 'ETag', 'Content-Type'];
const pretty = (value: unknown) => JSON.stringify(value, null, 2);

/** The rule that lets pages of `origin` read the bucket of `url`, in the form of its provider. */
export function corsRule(url: string, origin: string): CorsRule {
  const host = URL.parse(url)?.hostname ?? '';
  if (host === 'storage.googleapis.com' || host.endsWith('.storage.googleapis.com'))
    return {
      where:
        'Google Cloud Storage: save as cors.json, then gcloud storage buckets update gs://BUCKET --cors-file=cors.json',
      text: pretty([{ origin: [origin], method: ['GET'], responseHeader: exposed, maxAgeSeconds: 3600 }]),
    };
  if (host.endsWith('.blob.core.windows.net'))
    return {
      where: 'Azure Blob Storage: with the Azure CLI',
      text: [
        'az storage cors add --services b --methods GET',
        `--origins '${origin}' --allowed-headers 'range'`,
        `--exposed-headers '${exposed.join(',')}' --max-age 3600 --account-name ACCOUNT`,
      ].join(' \\\n  '),
    };
  return {
    where: 'Amazon S3 and compatible storages: the CORS configuration of the bucket',
    text: pretty([
      {
        AllowedOrigins: [origin],
        AllowedMethods: ['GET'],
        AllowedHeaders: ['*'],
        ExposeHeaders: exposed,
        MaxAgeSeconds: 3600,
      },
    ]),
  };
}
