import { lazy, Suspense, useEffect, useState } from 'react';

const ShortcutSheet = lazy(async () => ({
  default: (await import('./shortcut-sheet.js')).ShortcutSheet,
}));

/** Opens the sheet of shortcuts when `?` is pressed, wherever nothing is being typed. */
export function ShortcutHelp() {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isTyped = event.target instanceof Element && event.target.closest('input, textarea, select');
      if (event.key !== '?' || isTyped || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      setOpen(true);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  if (!isOpen) return null;
  return (
    <Suspense>
      <ShortcutSheet onClose={() => setOpen(false)} />
    </Suspense>
  );
}
