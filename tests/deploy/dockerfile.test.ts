import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Copy, DockerfileParser, type JSONInstruction } from 'dockerfile-ast';
import { expect, test } from 'vitest';
import { readText, root } from './support/files.js';

const dockerfile = DockerfileParser.parse(readText('Dockerfile'));
const instructions = dockerfile.getInstructions();
const lastFrom = instructions.findLastIndex((instruction) => instruction.getKeyword() === 'FROM');
const stage = instructions.slice(lastFrom);
const ofKeyword = (keyword: string) => stage.filter((instruction) => instruction.getKeyword() === keyword);

const flagOf = (copy: Copy, name: string) =>
  copy
    .getFlags()
    .find((flag) => flag.getName() === name)
    ?.getValue();

test('says nothing but instructions of a Dockerfile', () => {
  const known = [
    'FROM',
    'WORKDIR',
    'COPY',
    'RUN',
    'ENV',
    'USER',
    'VOLUME',
    'EXPOSE',
    'HEALTHCHECK',
    'ENTRYPOINT',
    'CMD',
  ];
  expect(
    instructions.map((instruction) => instruction.getKeyword()).filter((word) => !known.includes(word)),
  ).toEqual([]);
});

test('builds in one stage and runs in another, both of a version', () => {
  const images = dockerfile.getFROMs().map((from) => from.getImage() ?? '');
  expect(images).toHaveLength(2);
  for (const image of images) expect(image).toMatch(/:(?!latest)|nodejs\d+-debian\d+/);
  expect(images[1]).toContain('distroless');
});

test('the image that runs needs no shell', () => {
  expect(ofKeyword('RUN')).toEqual([]);
  for (const keyword of ['ENTRYPOINT', 'CMD', 'VOLUME']) {
    const [instruction] = ofKeyword(keyword) as JSONInstruction[];
    expect(instruction?.getOpeningBracket(), keyword).not.toBeNull();
    expect(instruction?.getClosingBracket(), keyword).not.toBeNull();
  }
  expect(ofKeyword('HEALTHCHECK')[0]?.getArgumentsContent()).toMatch(/CMD \[.*\/health\/ready.*\]$/s);
});

test('the image that runs is not root, and owns its data and its cache alone', () => {
  expect(ofKeyword('USER').map((user) => user.getArgumentsContent())).toEqual(['65532:65532']);
  for (const copy of ofKeyword('COPY') as Copy[]) {
    const owner = flagOf(copy, 'chown');
    const target = copy.getArguments().at(-1)?.getValue();
    expect(owner, target).toBe(['/data', '/cache'].includes(target ?? '') ? '65532:65532' : '0:0');
  }
});

test('everything that is copied is there', () => {
  for (const copy of ofKeyword('COPY') as Copy[]) {
    expect(flagOf(copy, 'from')).toBe('build');
    const [source] = copy.getArguments().map((argument) => argument.getValue());
    const name = source?.replace(/^\/app\//, '') ?? '';
    if (!['node_modules', '/data', '/cache'].includes(name))
      expect(existsSync(join(root, name)), name).toBe(true);
  }
  const command = JSON.parse(ofKeyword('ENTRYPOINT')[0]?.getArgumentsContent() ?? '') as string[];
  expect(existsSync(join(root, command[1]?.replace('/app/', '') ?? ''))).toBe(true);
});

test('runs the version of Node.js that is supported, and no secret is built in', () => {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    engines: { node: string };
  };
  const [, major, minor] = /^node:(\d+)\.(\d+)/.exec(dockerfile.getFROMs()[0]?.getImage() ?? '') ?? [];
  const [, least = '', leastMinor = ''] = />=(\d+)\.(\d+)/.exec(engines.node) ?? [];
  expect(Number(major)).toBeGreaterThanOrEqual(Number(least));
  expect(Number(minor)).toBeGreaterThanOrEqual(Number(leastMinor));
  expect(readText('Dockerfile')).not.toMatch(/SECRET|PASSWORD|TOKEN/);
});
