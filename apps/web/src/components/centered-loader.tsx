import { Center, Loader } from '@mantine/core';

interface CenteredLoaderProps {
  /** What is waited for, for screen readers. */
  readonly label: string;
  /** As high as what comes will be at least, so that little moves then. */
  readonly height?: number | '100vh';
}

/** Where a screen or a part of it waits for its contents. */
export function CenteredLoader({ label, height = 160 }: CenteredLoaderProps) {
  return (
    <Center h={height}>
      <Loader aria-label={label} />
    </Center>
  );
}
