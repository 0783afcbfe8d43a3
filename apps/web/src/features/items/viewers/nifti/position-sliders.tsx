import { Slider, Text } from '@mantine/core';
import classes from './nifti.module.css';

interface Position {
  readonly label: string;
  readonly count: number;
  /** From 0. */
  readonly index: number;
  readonly onChange: (index: number) => void;
}

/** One slider an axis of the volume, and one for the volumes of a series. */
export function PositionSliders({ positions }: { readonly positions: readonly Position[] }) {
  return (
    <div className={classes['sliders']}>
      {positions.map(({ label, count, index, onChange }) => (
        <div key={label} className={classes['slider']}>
          <Text size="xs" c="dimmed" className={classes['name'] ?? ''}>
            {label} {index + 1} of {count}
          </Text>
          <Slider
            size="sm"
            min={0}
            max={Math.max(count - 1, 1)}
            disabled={count < 2}
            value={index}
            label={null}
            thumbLabel={label}
            onChange={onChange}
          />
        </div>
      ))}
    </div>
  );
}
