import type { Locator } from 'playwright-core';

export type Rgb = readonly [red: number, green: number, blue: number];

/** What an element looks like on the screen. */
export interface Picture {
  /** Pixels that are neither grey nor nearly so. */
  readonly colourful: number;
  /** Of each colour asked for, the pixels that are nearly of it. */
  readonly counts: readonly number[];
  /** The same for the same picture. */
  readonly png: string;
}

/** Reads the pixels of a screenshot of the element back, in its page. */
export async function pictureOf(element: Locator, colours: readonly Rgb[] = []): Promise<Picture> {
  const png = (await element.screenshot()).toString('base64');
  const counted = await element.page().evaluate(
    async ({ source, wanted }) => {
      const image = new Image();
      image.src = `data:image/png;base64,${source}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = image.width;
      canvas.height = image.height;
      const context = canvas.getContext('2d');
      context?.drawImage(image, 0, 0);
      const data = context?.getImageData(0, 0, image.width, image.height).data ?? new Uint8ClampedArray();
      const counts = wanted.map(() => 0);
      let colourful = 0;
      for (let at = 0; at < data.length; at += 4) {
        const pixel = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0] as const;
        if (Math.max(...pixel) - Math.min(...pixel) > 60) colourful += 1;
        wanted.forEach((colour, index) => {
          const isNear = colour.every((value, channel) => Math.abs(value - (pixel[channel] ?? 0)) <= 12);
          counts[index] = (counts[index] ?? 0) + Number(isNear);
        });
      }
      return { colourful, counts };
    },
    { source: png, wanted: colours },
  );
  return { ...counted, png };
}
