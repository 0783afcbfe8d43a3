import type { Locator } from 'playwright-core';

/** What an element looks like on the screen. */
export interface Picture {
  /** How many of its pixels are of a colour, up to a difference in each channel. */
  count(colour: readonly [number, number, number], tolerance?: number): number;
  /** How many are neither grey nor nearly so. */
  readonly colourful: number;
  /** The same for the same picture. */
  readonly digest: string;
}

/** Reads the pixels back of a screenshot of the element. */
export async function pictureOf(element: Locator): Promise<Picture> {
  const png = (await element.screenshot()).toString('base64');
  const data = await element.page().evaluate(async (source) => {
    const image = new Image();
    image.src = `data:image/png;base64,${source}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.width;
    canvas.height = image.height;
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0);
    return [...(context?.getImageData(0, 0, image.width, image.height).data ?? [])];
  }, png);
  const pixels = Array.from({ length: data.length / 4 }, (_, at) => data.slice(at * 4, at * 4 + 3));
  return {
    count: (colour, tolerance = 12) =>
      pixels.filter((pixel) =>
        colour.every((value, channel) => Math.abs(value - (pixel[channel] ?? 0)) <= tolerance),
      ).length,
    colourful: pixels.filter((pixel) => Math.max(...pixel) - Math.min(...pixel) > 60).length,
    digest: png,
  };
}
