import { type RefObject, useEffect, useState } from 'react';
import WaveSurfer from 'wavesurfer.js';
import SpectrogramPlugin from 'wavesurfer.js/plugins/spectrogram';

export type WaveformState = 'drawing' | 'drawn' | 'failed';

const colour = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

interface WaveformOptions {
  readonly isWanted: boolean;
  /** Hz to which the file is decoded: the library's own 8 kHz fold everything above 4 kHz. */
  readonly sampleRate: number;
  readonly hasSpectrogram: boolean;
}

/** Draws the waveform of an audio element, which stays the player, once `isWanted`, and its spectrogram below. */
export function useWaveform(
  audio: RefObject<HTMLAudioElement | null>,
  container: RefObject<HTMLElement | null>,
  { isWanted, sampleRate, hasSpectrogram }: WaveformOptions,
): WaveformState {
  const [state, setState] = useState<WaveformState>('drawing');
  useEffect(() => {
    const media = audio.current;
    if (!isWanted || !media || !container.current) return;
    setState('drawing');
    let isCurrent = true;
    const report = (next: WaveformState) => {
      if (isCurrent) setState(next);
    };
    const wave = WaveSurfer.create({
      container: container.current,
      media,
      // The same text as the element's own source: another one would make it load anew.
      url: media.currentSrc,
      height: 120,
      sampleRate,
      plugins: hasSpectrogram
        ? [
            SpectrogramPlugin.create({
              labels: true,
              height: 200,
              fftSamples: 512,
              frequencyMax: sampleRate / 2,
            }),
          ]
        : [],
      waveColor: colour('--mantine-color-gray-6'),
      progressColor: colour('--mantine-primary-color-filled'),
      fetchParams: { mode: 'cors', credentials: 'omit', referrerPolicy: 'no-referrer' },
    });
    wave.on('decode', () => report('drawn'));
    wave.on('error', () => report('failed'));
    return () => {
      isCurrent = false;
      wave.destroy();
    };
  }, [audio, container, isWanted, sampleRate, hasSpectrogram]);
  return state;
}
