import { findHits } from './find-hits.js';

const all = 'pdf-hits';
const one = 'pdf-hit';

/** The text nodes of a page in their order, with a line break where the page has one. */
function piecesOf(layer: Element): { text: string; nodes: { node: Text; start: number }[] } {
  const walker = document.createTreeWalker(layer, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  const nodes: { node: Text; start: number }[] = [];
  let text = '';
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof Text) {
      nodes.push({ node, start: text.length });
      text += node.data;
    } else if (node instanceof HTMLBRElement) text += '\n';
  }
  return { text, nodes };
}

/**
 * Marks the hits on a drawn page, and the current one by another colour, without changing the page (CSS Custom Highlight
 * API). Answers the current one.
 */
export function highlightHits(layer: Element, query: string, current: number | null): Range | null {
  clearHits();
  if (!('highlights' in CSS)) return null;
  const { text, nodes } = piecesOf(layer);
  const length = query.trim().length;
  const ranges = findHits(text, query).map((start) => rangeOf(nodes, start, start + length));
  CSS.highlights.set(all, new Highlight(...ranges));
  const chosen = current === null ? undefined : ranges[current];
  if (!chosen) return null;
  CSS.highlights.set(one, new Highlight(chosen));
  return chosen;
}

export function clearHits(): void {
  if (!('highlights' in CSS)) return;
  CSS.highlights.delete(all);
  CSS.highlights.delete(one);
}

function rangeOf(nodes: readonly { node: Text; start: number }[], start: number, end: number): Range {
  const range = new Range();
  for (const { node, start: from } of nodes) {
    const to = from + node.length;
    if (start >= from && start < to) range.setStart(node, start - from);
    if (end > from && end <= to) range.setEnd(node, end - from);
  }
  return range;
}
