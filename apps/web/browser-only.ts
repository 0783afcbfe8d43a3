import type { Plugin } from 'vite';

/**
 * How libraries ask whether they run in Node. The answer is known here, and what only Node runs names modules that a
 * browser does not have.
 */
const questions = [
  {
    file: /@cornerstonejs\/codec-[^/]+\/dist\/\w+\.js$/,
    asked: /\bif\s*\(ENVIRONMENT_IS_NODE\)/g,
    known: 'if(false)',
  },
  {
    file: /wavesurfer\.js\/dist\/plugins\/spectrogram\.esm\.js$/,
    asked:
      /"undefined"!=typeof module&&"function"==typeof module\.require|"function"==typeof require(?=&&require\("worker_threads"\))/g,
    known: 'false',
  },
];

/** Cornerstone's meshes, which no viewer shows, bring an XML library that needs Node's `events` and `url`. */
const meshReader = /@kitware\/vtk\.js\/IO\/XML\/XMLPolyDataReader\.js$/;
const noMeshReader = `export default { newInstance() { throw new Error('Meshes of VTP files are not read.'); } };`;

/** Leaves out of the bundle what libraries have for Node alone. */
export function browserOnly(): Plugin {
  return {
    name: 'browser-only',
    enforce: 'pre',
    load: { filter: { id: meshReader }, handler: () => noMeshReader },
    transform: {
      filter: { id: questions.map(({ file }) => file) },
      handler: (code, id) =>
        questions
          .filter(({ file }) => file.test(id))
          .reduce((answered, { asked, known }) => answered.replace(asked, known), code),
    },
  };
}
