import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { locate } from '@latchkey/locator/locate';
import { createAzurePresigner } from '@latchkey/locator/presign/azure-presigner';
import { createObsPresigner } from '@latchkey/locator/presign/obs-presigner';
import type { Presigner } from '@latchkey/locator/presign/presigner';
import { createGcsPresigner, GCS_ENDPOINT } from '@latchkey/locator/sigv4/gcs-presigner';
import { createPresigner } from '@latchkey/locator/sigv4/presigner';
import { type RateCase, rateRow } from '../measure/rate-rounds.js';
import type { Report } from '../measure/report.js';
import type { BenchRun } from '../system/bench-run.js';

const now = Date.now;
const keys = {
  accessKeyId: 'AKIAIOSFODNN7BENCHMK',
  secretAccessKey: 'a secret of the benchmark, 40 characters',
};
const bucket = 'field-cameras-eu';
const accountKey = Buffer.alloc(64, 7).toString('base64');
/** As long as what V4 signs at last: algorithm, time, scope and digest. */
const text = 'x'.repeat(140);
const hmacKey = Buffer.alloc(32, 7);

const keyOf = (index: number): string => `fleet-${index % 90}/frames/${String(index).padStart(9, '0')}.jpg`;
const hmac = (algorithm: string) => (): string => createHmac(algorithm, hmacKey).update(text).digest('hex');

/** How fast URLs are signed, beside the one HMAC, or RSA signature, that none of them can do without. */
export async function runPresign({ options }: BenchRun): Promise<Report> {
  const { items, rounds } = options;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const clientEmail = 'bench@acme.iam.gserviceaccount.com';
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const gcs = { endpoint: GCS_ENDPOINT, bucket, pathStyle: true, now };
  const kinds: readonly (Omit<RateCase, 'unit' | 'work'> & { readonly presign: Presigner })[] = [
    {
      what: 'S3, SigV4',
      presign: createPresigner({
        ...{ endpoint: 'https://s3.eu-west-1.amazonaws.com', bucket, pathStyle: false, region: 'eu-west-1' },
        ...keys,
        now,
      }),
      floor: hmac('sha256'),
    },
    { what: 'Google, HMAC', presign: createGcsPresigner({ ...gcs, ...keys }), floor: hmac('sha256') },
    {
      what: 'Google, RSA 2048',
      presign: createGcsPresigner({ ...gcs, clientEmail, privateKey: pem }),
      floor: () => sign('sha256', Buffer.from(text), privateKey),
      share: 1 / 50,
    },
    {
      what: 'Azure, SAS',
      presign: createAzurePresigner({
        ...{ account: 'acme', container: bucket, endpoint: 'https://acme.blob.core.windows.net' },
        accountKey,
        now,
      }),
      floor: hmac('sha256'),
    },
    {
      what: 'OBS',
      presign: createObsPresigner({
        ...{ endpoint: 'https://obs.eu-de.otc.t-systems.com', bucket, pathStyle: false },
        ...keys,
        now,
      }),
      floor: hmac('sha1'),
    },
  ];
  const request = { expiresInSeconds: 604_800 };
  const rows = kinds.map(({ presign, ...rest }) =>
    rateRow({ ...rest, unit: 'URLs/s', work: (index) => presign(keyOf(index), request) }, items, rounds),
  );
  const wrong = kinds.filter(({ presign }) => {
    const located = locate(presign(keyOf(1), request));
    return !located.ok || located.url.signature?.certainty !== 'exact';
  });
  return {
    benchmark: 'presign',
    items,
    engine: 'no database',
    rows,
    notes: [
      `Medians of ${rounds} round(s) in one thread. Floor: a bare HMAC of ${text.length} characters with a ready key; for RSA a bare signature of them.`,
    ],
    problems: wrong.map(({ what }) => `A URL of "${what}" has no signature that is understood.`),
    details: { rows },
  };
}
