import type { State } from './values.js';

/** Rules of the providers that stand in no schema. Each answers what it refuses. */
export const knownRules: Readonly<Record<string, (config: State) => string[]>> = {
  google_compute_security_policy: (config) =>
    bodies(config['rule'])
      .flatMap((rule) => bodies(rule['match']))
      .flatMap((match) => bodies(match['config']))
      .flatMap(({ src_ip_ranges }) => tooMany('src_ip_ranges', src_ip_ranges, 10)),
  google_storage_bucket: ({ location, storage_class }) =>
    storage_class === 'MULTI_REGIONAL' && String(location).includes('-')
      ? ['storage_class MULTI_REGIONAL is for multi-regions and dual-regions alone.']
      : [],
  azurerm_storage_account: (config) =>
    bodies(config['network_rules']).flatMap(({ ip_rules }) => smallNetworks(ip_rules)),
};

const bodies = (value: unknown): State[] => (Array.isArray(value) ? (value as State[]) : []);

function tooMany(name: string, value: unknown, most: number): string[] {
  if (!Array.isArray(value) || value.length <= most) return [];
  return [`${name} takes at most ${most} values, not ${value.length}.`];
}

const smallNetworks = (value: unknown): string[] =>
  bodies(value)
    .map(String)
    .filter((range) => /\/3[12]$/.test(range))
    .map((range) => `ip_rules takes single addresses without a prefix, not ${range}.`);
