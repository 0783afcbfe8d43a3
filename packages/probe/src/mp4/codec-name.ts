import type { InputTrack } from 'mediabunny';

const names: Readonly<Record<string, string>> = {
  avc: 'h264',
  jpeg: 'mjpeg',
  mp4v: 'mpeg4',
  apch: 'prores',
  apcn: 'prores',
  apcs: 'prores',
  apco: 'prores',
  ap4h: 'prores',
};

/** As ffprobe names it; what mediabunny does not decode keeps the four characters of the file. */
export async function codecNameOf(track: InputTrack): Promise<string> {
  const codec = await track.getCodec();
  // `pcm-s16be` there, `pcm_s16be` here; without an order of bytes it is little-endian.
  const pcm = /^pcm-([suf]\d+)(be)?$/.exec(codec ?? '');
  if (pcm) return `pcm_${pcm[1]}${pcm[1] === 'u8' || pcm[1] === 's8' ? '' : (pcm[2] ?? 'le')}`;
  if (codec) return names[codec] ?? codec;
  const id = await track.getInternalCodecId();
  const name = typeof id === 'string' ? id.trim().slice(0, 100) : '';
  return names[name] ?? (name || 'unknown');
}
