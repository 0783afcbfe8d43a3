let answer: boolean | null = null;

/** Whether this browser draws with WebGL 2: not without a graphics driver, and not where it is turned off. */
export function hasWebGl2(): boolean {
  if (answer !== null) return answer;
  const context = document.createElement('canvas').getContext('webgl2');
  answer = context !== null;
  // Browsers keep few contexts; this one is not needed any more.
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return answer;
}
