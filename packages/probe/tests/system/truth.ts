import { run } from './tools.js';

export interface Truth {
  readonly duration: number;
  /** Of the track alone, from its first frame on. */
  readonly trackDuration: number;
  readonly codec: string;
  readonly bitDepth: number;
  readonly sampleRate: number;
  readonly numChannels: number;
  readonly fps: number;
  /** As shown: pixel aspect and rotation applied. */
  readonly width: number;
  readonly height: number;
  readonly frames: number;
}

interface Stream {
  readonly codec_type: string;
  readonly codec_name: string;
  readonly nb_read_packets?: string;
  readonly duration?: string;
  readonly avg_frame_rate?: string;
  readonly width?: number;
  readonly height?: number;
  readonly sample_aspect_ratio?: string;
  readonly sample_rate?: string;
  readonly channels?: number;
  readonly bits_per_sample?: number;
  readonly bits_per_raw_sample?: string;
  readonly side_data_list?: readonly { readonly rotation?: number }[];
}

/** What ffprobe says, with all packets counted. */
export function ffprobe(file: string, type: 'video' | 'audio'): Truth {
  const parameters = ['-v', 'error', '-count_packets', '-show_format', '-show_streams', '-of', 'json', file];
  const { streams, format } = JSON.parse(run('ffprobe', parameters)) as {
    streams: Stream[];
    format: { duration?: string };
  };
  const stream = streams.find(({ codec_type }) => codec_type === type);
  if (!stream) throw new Error(`${file} has no ${type}.`);
  const turned =
    Math.abs(stream.side_data_list?.find(({ rotation }) => rotation)?.rotation ?? 0) % 180 === 90;
  const wide = Math.round((stream.width ?? 0) * ratio(stream.sample_aspect_ratio ?? '1:1'));
  const high = stream.height ?? 0;
  return {
    duration: Number(format.duration),
    trackDuration: Number(stream.duration ?? format.duration),
    codec: stream.codec_name,
    bitDepth: stream.bits_per_sample || Number(stream.bits_per_raw_sample ?? 0),
    sampleRate: Number(stream.sample_rate ?? 0),
    numChannels: stream.channels ?? 0,
    fps: ratio(stream.avg_frame_rate ?? '0/1'),
    width: turned ? high : wide,
    height: turned ? wide : high,
    frames: Number(stream.nb_read_packets),
  };
}

export function identify(file: string): { width: number; height: number } {
  const [width, height] = run('identify', ['-format', '%w %h\n', file]).split(/\s/).map(Number);
  return { width: width ?? 0, height: height ?? 0 };
}

function ratio(text: string): number {
  const [over = 0, under = 1] = text.split(/[:/]/).map(Number);
  return over / under;
}
