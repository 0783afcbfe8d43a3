// What is installed is what the lock file says, byte for byte, from the registry that npm is set to; nothing runs while it is
// installed but what is known; and nothing in it has a known vulnerability, as far as the registry tells.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Packages that run something while they are installed, with what that is. */
const knownInstallScripts = new Map([
  ['core-js-pure', 'prints a message'],
  ['protobufjs', 'warns of version schemes that do not fit; only tests use it'],
]);

/** Advisories that do not concern us, each with the reason. */
const acceptedAdvisories = new Map();

/** What is wrong with a lock file. */
export function lockFileProblems({ packages }) {
  return Object.entries(packages)
    .filter(([path, { link }]) => path.includes('node_modules/') && !link)
    .flatMap(([path, { resolved, integrity, hasInstallScript, inBundle }]) => {
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      return [
        ...(resolved === undefined ? [] : [`${path} does not come from the registry.`]),
        ...(inBundle || integrity?.startsWith('sha512-') ? [] : [`${path} has no SHA-512 digest.`]),
        ...(hasInstallScript && !knownInstallScripts.has(name)
          ? [
              `${path} runs a script when it is installed. Read it, and add it to scripts/check-dependencies.mjs.`,
            ]
          : []),
      ];
    });
}

/**
 * What `npm audit --json` answered: the advisories that concern us, or why there is no answer.
 *
 * @returns {{ problems: string[] } | { unanswered: string }}
 */
export function auditFindings(text, accepted = acceptedAdvisories) {
  let answer;
  try {
    answer = JSON.parse(text);
  } catch {
    return { unanswered: 'it answered no JSON' };
  }
  if (answer.vulnerabilities === undefined)
    return { unanswered: answer.message ?? 'it answered something else' };
  const advisories = Object.values(answer.vulnerabilities)
    .flatMap(({ via }) => via)
    .filter((via) => typeof via === 'object' && !accepted.has(via.url));
  const lines = advisories.map(
    ({ severity, name, range, title, url }) => `${severity}: ${name} ${range}: ${title} (${url})`,
  );
  return { problems: [...new Set(lines)] };
}

function audit() {
  const { stdout, error } = spawnSync(
    'npm',
    ['audit', '--json', '--fetch-retries=1', '--fetch-timeout=30000'],
    {
      cwd: root,
      encoding: 'utf8',
      timeout: 120_000,
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  return error ? { unanswered: error.message } : auditFindings(stdout);
}

function main() {
  const problems = lockFileProblems(
    JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')),
  );
  const findings = audit();
  if ('unanswered' in findings)
    console.warn(
      `NOT AUDITED: the registry gave no answer about known vulnerabilities (${findings.unanswered}).`,
    );
  else problems.push(...findings.problems);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exit(1);
  console.log(
    'Every package of the lock file has a digest, and none runs an unknown script when it is installed.',
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
