/** Section -> setting -> its values, in the order of the file. */
export type Unit = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** Reads a unit file as systemd does: sections, settings that may come several times, comments, lines that go on. */
export function parseUnit(text: string): Unit {
  const unit: Record<string, Record<string, string[]>> = {};
  let section: Record<string, string[]> | undefined;
  for (const [index, line] of text.replace(/\\\n/g, ' ').split('\n').entries()) {
    if (/^\s*([#;].*)?$/.test(line)) continue;
    const name = /^\[([\w-]+)\]$/.exec(line)?.[1];
    const [, setting, value = ''] = /^([A-Za-z]\w*)=(.*)$/.exec(line) ?? [];
    if (name !== undefined) {
      section = {};
      unit[name] = section;
    } else if (setting !== undefined && section) {
      section[setting] = [...(section[setting] ?? []), value];
    } else throw new Error(`line ${index + 1} is no section and no setting of one`);
  }
  return unit;
}
