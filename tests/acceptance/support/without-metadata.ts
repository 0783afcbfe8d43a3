/** The elements of a manifest without what only measuring their objects tells; of members as well. */
export function withoutMetadata(manifest: Readonly<Record<string, readonly object[]>>) {
  return Object.fromEntries(
    Object.entries(manifest).map(([kind, elements]) => [kind, elements.map(unmeasured)]),
  );
}

function unmeasured(element: object): Record<string, unknown> {
  const fields = Object.entries(element).filter(
    ([key]) => !key.endsWith('Metadata') || key === 'clientMetadata',
  );
  return Object.fromEntries(
    fields.map(([key, value]) => [
      key,
      key === 'dicomFiles' || key === 'images' ? (value as object[]).map(unmeasured) : value,
    ]),
  );
}
