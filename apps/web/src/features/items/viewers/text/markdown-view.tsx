import { Anchor, Text, Typography } from '@mantine/core';
import Markdown from 'markdown-to-jsx/react';
import type { ReactNode } from 'react';
import viewer from '../viewers.module.css';
import classes from './text.module.css';

/** HTML within the text stays text: nothing of a file is run in the page, and nothing is loaded for it. */
const options = {
  disableParsingRawHTML: true,
  // Ids of the page itself are not to be had.
  slugify: (text: string) => `text-${text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-')}`,
  overrides: { a: SafeLink, img: ImageName },
};

/** Markdown as formatted text. */
export function MarkdownView({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <section
      className={`${viewer['stage']} ${viewer['scrolling']}`}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard.
      tabIndex={0}
    >
      <Typography className={classes['markdown'] ?? ''}>
        <Markdown options={options}>{text}</Markdown>
      </Typography>
    </section>
  );
}

function SafeLink({ href, children }: { href?: string; children?: ReactNode }) {
  if (!/^(https?:|mailto:)/i.test(href ?? '')) return <span>{children}</span>;
  return (
    <Anchor href={href} target="_blank" rel="noopener noreferrer" referrerPolicy="no-referrer">
      {children}
    </Anchor>
  );
}

/** A picture may lie anywhere, and loading it would tell its host who reads; its name is shown. */
function ImageName({ alt }: { alt?: string }) {
  return (
    <Text span c="dimmed">
      [Image: {alt}]
    </Text>
  );
}
