import { useEffect } from 'react';

/**
 * Puts `progress` before the title of the page in the browser's tab. A document shows its first title element, and each
 * page brings one of its own: this one stays before them.
 */
export function useTitleProgress(progress: string | null): void {
  useEffect(() => {
    if (progress === null) return;
    const own = document.createElement('title');
    const put = () => {
      const other = [...document.head.querySelectorAll('title')].find((title) => title !== own);
      const text = `${progress} · ${other?.textContent ?? ''}`;
      if (own.textContent !== text) own.textContent = text;
      if (document.head.querySelector('title') !== own) document.head.prepend(own);
    };
    put();
    const observer = new MutationObserver(put);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => {
      observer.disconnect();
      own.remove();
    };
  }, [progress]);
}
