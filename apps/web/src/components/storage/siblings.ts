const eachWay = 100;

/** The items around one in a list, so that its page can go to the next and the previous one. */
export const siblingsAround = (uuids: readonly string[], at: number): string[] =>
  uuids.slice(Math.max(0, at - eachWay), at + eachWay + 1);
