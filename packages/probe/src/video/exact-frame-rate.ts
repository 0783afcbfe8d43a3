/** Times in whole nanoseconds or ticks blur a rate: 30.0000003 is 30, and 29.97003 is 30000/1001. */
export function exactFrameRate(fps: number): number {
  const whole = Math.round(fps);
  const ntsc = (Math.round(fps * 1.001) * 1000) / 1001;
  const near = (rate: number) => rate > 0 && Math.abs(fps - rate) / rate < 1e-5;
  if (near(whole)) return whole;
  return near(ntsc) ? ntsc : fps;
}
