import { Checkbox } from '@mantine/core';
import type { ChannelStyle } from './channel-styles.js';
import classes from './time-series.module.css';
import { valueText } from './time-text.js';

interface ChannelLegendProps {
  readonly styles: readonly ChannelStyle[];
  readonly hidden: ReadonlySet<string>;
  readonly onToggle: (heading: string) => void;
  /** Of each channel under the cursor; null while it is nowhere. */
  readonly values: readonly (number | null | undefined)[] | null;
}

/** The channels by colour, each with the value under the cursor, to show and to hide. */
export function ChannelLegend({ styles, hidden, onToggle, values }: ChannelLegendProps) {
  return (
    <fieldset className={classes['legend']}>
      <legend className={classes['hiddenText']}>Channels</legend>
      {styles.map(({ heading, label, color }, at) => (
        <div key={heading} className={classes['channel']}>
          <Checkbox
            size="xs"
            checked={!hidden.has(heading)}
            onChange={() => onToggle(heading)}
            label={
              <>
                <span className={classes['swatch']} style={{ background: color }} aria-hidden />
                {label}
              </>
            }
          />
          <span className={classes['value']} data-channel={heading}>
            {values ? valueText(values[at]) : ''}
          </span>
        </div>
      ))}
    </fieldset>
  );
}
