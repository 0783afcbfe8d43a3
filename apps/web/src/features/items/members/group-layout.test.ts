import type { Item } from '@latchkey/contract/schemas/item';
import { describe, expect, it } from 'vitest';
import { groupLayout, tileTitle } from './group-layout.js';

// Only the two fields that a layout reads.
const member = (uuid: string) => ({ uuid, name: `item ${uuid}` }) as Item;
const [a, b, c] = ['a', 'b', 'c'].map(member) as [Item, Item, Item];
const group = (layout: unknown, more: object = {}) => ({ mediaDetails: { group: { layout, ...more } } });
const contents = { front: 'a', rear: 'b', text: 'gone' };
const tile = (key: string) => ({ type: 'data_unit', key });

describe('the layout of a group', () => {
  it.each([
    ['default-grid', 'grid'],
    ['default-list', 'list'],
    ['custom', 'grid'],
    [{ direction: 'row' }, 'grid'],
    [undefined, 'grid'],
  ])('%j is a %s', (layout, kind) => {
    expect(groupLayout(group(layout), [a, b]).kind).toBe(kind);
  });

  it('places members by their keys, and names those without a place', () => {
    const layout = {
      direction: 'column',
      splitPercentage: 30,
      first: tile('front'),
      second: tile('rear'),
    };
    expect(groupLayout(group(layout, { contents }), [a, b, c])).toEqual({
      kind: 'tree',
      root: {
        kind: 'split',
        direction: 'column',
        share: 30,
        first: { kind: 'tile', key: 'front', member: a },
        second: { kind: 'tile', key: 'rear', member: b },
      },
      unplaced: [c],
    });
  });

  it('keeps the place of a member that is gone, and bounds what is out of range', () => {
    const layout = {
      direction: 'row',
      splitPercentage: 99,
      first: tile('text'),
      second: {
        type: 'data_unit_list',
        keys: ['rear', 'text', 'front'],
        carouselPosition: 'top',
        carouselSize: 5,
      },
    };
    expect(groupLayout(group(layout, { contents }), [a, b])).toMatchObject({
      root: {
        share: 95,
        first: { member: null },
        second: { kind: 'carousel', members: [b, a], position: 'top', share: 10 },
      },
    });
  });

  it('does not follow a tree without end', () => {
    let layout: object = tile('front');
    for (let depth = 0; depth < 50; depth += 1) layout = { first: layout, second: tile('rear') };
    expect(groupLayout(group(layout, { contents }), [a, b]).kind).toBe('tree');
  });

  it('titles a tile as the settings say', () => {
    const settings = { tileSettings: { front: { title: 'Front camera' } } };
    expect(tileTitle(group('custom', { settings }), 'front', a)).toBe('Front camera');
    expect(tileTitle(group('custom', { settings }), 'rear', b)).toBe('item b');
    expect(tileTitle(group('custom'), null, b)).toBe('item b');
  });
});
