import type { Gateway } from '@latchkey/contract/schemas/integration';
import { compileGateways, GatewayError, type GatewayProblem } from '@latchkey/locator/gateways';
import { CommandError } from './command-error.js';

export const gatewayFlag = '--gateway <url...>';

/**
 * `https://data.example.com/`, or with the bucket behind it, `https://data.example.com/=s3://bucket/`.
 *
 * @throws CommandError `invalid_option`.
 */
export function gatewaysOf(given: readonly string[]): Gateway[] {
  const gateways = given.map((text) => {
    const [url = '', ...bucketUrl] = text.split('=');
    return { url, bucketUrl: bucketUrl.length === 0 ? null : bucketUrl.join('=') };
  });
  try {
    compileGateways(gateways);
    return gateways;
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    throw invalid(given[error.index] ?? '', error);
  }
}

const told: Readonly<Record<GatewayProblem, string>> = {
  not_a_gateway_url: 'is not the address of a gateway',
  not_a_bucket_url: 'has no bucket behind the =',
  bucket_is_missing: 'has no bucket behind the =',
  bucket_is_gateway: 'has another gateway for its bucket',
  repeated: 'is there twice',
};

function invalid(text: string, cause: GatewayError): CommandError {
  return new CommandError(
    'invalid_option',
    `--gateway: "${(text.split('?')[0] ?? '').slice(0, 100)}" ${told[cause.problem]}.`,
    'Give https://data.example.com/, or https://data.example.com/=s3://bucket/ for a gateway that stands for a bucket.',
    { cause },
  );
}
