import { Button } from '@mantine/core';
import { type Icon, IconX } from '@tabler/icons-react';

interface BarButtonProps {
  readonly icon: Icon;
  readonly color?: 'red';
  readonly isPending?: boolean;
  readonly onClick: () => void;
  readonly children: string;
}

/** One action on what is selected. */
export function BarButton({ icon: Picture, color, isPending = false, onClick, children }: BarButtonProps) {
  return (
    <Button
      size="compact-sm"
      variant="light"
      {...(color && { color })}
      loading={isPending}
      leftSection={<Picture size={16} aria-hidden />}
      onClick={onClick}
    >
      {children}
    </Button>
  );
}

export function ClearButton({ onClick }: { readonly onClick: () => void }) {
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      color="gray"
      leftSection={<IconX size={16} aria-hidden />}
      onClick={onClick}
    >
      Clear
    </Button>
  );
}
