import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { deployFile, readYaml } from './support/files.js';
import { checkObject, type KubernetesObject } from './support/kubernetes-schema.js';

const files = readdirSync(deployFile('kubernetes')).filter((name) => name !== 'kustomization.yaml');
const objects = files.flatMap((name) => readYaml(`kubernetes/${name}`) as KubernetesObject[]);

interface Container {
  readonly livenessProbe?: { readonly httpGet: { readonly path: string } };
  readonly readinessProbe?: { readonly httpGet: { readonly path: string } };
  readonly resources: { readonly requests: object; readonly limits: object };
  readonly securityContext: object;
  readonly envFrom: readonly Record<string, { readonly name: string }>[];
}

interface Workload {
  readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly template: {
    readonly metadata: { readonly labels: Readonly<Record<string, string>> };
    readonly spec: { readonly containers: readonly Container[]; readonly securityContext: object };
  };
}

const ofKind = (kind: string) => objects.filter((object) => object.kind === kind);
const workloads = ofKind('Deployment').map(({ metadata, spec }) => ({ metadata, ...(spec as Workload) }));

test.each(objects.map((object) => [`${object.kind} ${object.metadata.name}`, object] as const))(
  '%s has the fields of its kind, and no others',
  (_, object) => {
    expect(checkObject(object)).toEqual([]);
  },
);

describe('a mistake is found', () => {
  const deployment = JSON.stringify(ofKind('Deployment')[0]);
  test.each([
    ['a misspelt field', '"replicas"', '"replica"', 'no field "replica"'],
    ['a misspelt field of a container', '"readinessProbe"', '"readynessProbe"', 'no field "readynessProbe"'],
    ['a misspelt field of a probe', '"httpGet"', '"httpget"', 'no field "httpget"'],
    ['a text where a number belongs', '"replicas":2', '"replicas":"two"', 'must be integer'],
    ['a missing selector', '"selector":', '"sellector":', 'selector'],
    ['another kind', '"Deployment"', '"Deploiment"', 'has no kind Deploiment'],
  ])('%s', (_, right, wrong, problem) => {
    const changed = JSON.parse(deployment.replace(right, wrong)) as KubernetesObject;
    expect(checkObject(changed).join('\n')).toContain(problem);
  });
});

test('kustomization.yaml lists every file but the example of the secret', () => {
  const [kustomization] = readYaml('kubernetes/kustomization.yaml') as [{ resources: string[] }];
  expect(kustomization.resources.toSorted()).toEqual(
    files.filter((name) => name !== 'secret.example.yaml').toSorted(),
  );
});

test('every pod runs without rights, on a file system that it cannot change, with limits', () => {
  expect(workloads).toHaveLength(2);
  for (const { template } of workloads) {
    expect(template.spec.securityContext).toMatchObject({
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    for (const container of template.spec.containers) {
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(container.resources.requests).toHaveProperty('memory');
      expect(container.resources.limits).toHaveProperty('memory');
    }
  }
});

test('what serves is asked at /health/live and /health/ready', () => {
  const api = workloads.find(({ metadata }) => metadata.name === 'latchkey-api');
  const [container] = api?.template.spec.containers ?? [];
  expect(container?.livenessProbe?.httpGet.path).toBe('/health/live');
  expect(container?.readinessProbe?.httpGet.path).toBe('/health/ready');
});

test('selectors find the pods that they are for, and a budget is there for each', () => {
  for (const { selector, template } of workloads)
    expect(template.metadata.labels).toMatchObject(selector.matchLabels);
  const selects = (labels: Readonly<Record<string, string>>) =>
    workloads.filter(({ template }) =>
      Object.entries(labels).every(([name, value]) => template.metadata.labels[name] === value),
    ).length;
  const budgets = ofKind('PodDisruptionBudget').map(({ spec }) => (spec as Workload).selector.matchLabels);
  expect(budgets.map(selects)).toEqual([1, 1]);
  const [service] = ofKind('Service') as { spec: { selector: Readonly<Record<string, string>> } }[];
  expect(selects(service?.spec.selector ?? {})).toBe(1);
  const [policy] = ofKind('NetworkPolicy') as {
    spec: { podSelector: Workload['selector']; policyTypes: string[] };
  }[];
  expect(selects(policy?.spec.podSelector.matchLabels ?? {})).toBe(2);
  expect(policy?.spec.policyTypes).toEqual(['Ingress', 'Egress']);
});

test("the ingress leads to no pod for what is the operator's alone", () => {
  const [ingress] = ofKind('Ingress') as {
    spec: { rules: { http: { paths: { path: string; backend: { service: { name: string } } }[] } }[] };
  }[];
  const paths = ingress?.spec.rules.flatMap(({ http }) => http.paths) ?? [];
  expect(Object.fromEntries(paths.map(({ path, backend }) => [path, backend.service.name]))).toEqual({
    '/': 'latchkey',
    '/metrics': 'latchkey-closed',
    '/health': 'latchkey-closed',
  });
  const closed = ofKind('Service').find(({ metadata }) => metadata.name === 'latchkey-closed');
  expect(closed?.spec).not.toHaveProperty('selector');
});

test('the settings that pods take are in a map or secret that is there', () => {
  const names = [...ofKind('ConfigMap'), ...ofKind('Secret')].map(({ metadata }) => metadata.name);
  for (const { template } of workloads)
    for (const source of template.spec.containers.flatMap(({ envFrom }) => envFrom.flatMap(Object.values)))
      expect(names).toContain((source as { name: string }).name);
});
