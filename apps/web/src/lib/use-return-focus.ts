import { useEffect, useState } from 'react';

/** The focused element; for an item of a menu, which goes away, the button of the menu; and the row around it. */
function openers(): readonly (Element | null | undefined)[] {
  const active = document.activeElement;
  const menu = active?.closest('[role=menu]');
  const opener = menu ? document.querySelector(`[aria-controls="${menu.id}"]`) : active;
  return [opener, opener?.closest('tr')];
}

/** Gives the focus back when a dialog goes away that is drawn only while it is open. */
export function useReturnFocus(): void {
  const [targets] = useState(openers);
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        if (document.activeElement && document.activeElement !== document.body) return;
        const target = targets.find((element) => element?.isConnected);
        if (target instanceof HTMLElement) target.focus();
      });
    },
    [targets],
  );
}
