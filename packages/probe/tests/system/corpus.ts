import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ffmpeg, run } from './tools.js';

const picture = (rate: string) => ['-f', 'lavfi', '-i', `testsrc2=size=320x180:rate=${rate}`];
const tone = ['-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=44100'];
const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];
const copy = ['-c', 'copy'];
const fragmented = ['-movflags', 'frag_keyframe+empty_moov+default_base_moof'];

/** In the order in which they are made: some are copies of others. `{}` is the directory. */
const videos: Readonly<Record<string, readonly string[]>> = {
  'index-at-end.mp4': [...picture('30'), ...tone, '-t', '4', ...h264, '-c:a', 'aac'],
  'index-first.mp4': ['-i', '{}/index-at-end.mp4', ...copy, '-movflags', '+faststart'],
  'b-frames.mp4': [...picture('25'), '-t', '3', '-c:v', 'libx264', '-bf', '3', '-pix_fmt', 'yuv420p'],
  'ntsc.mp4': [...picture('30000/1001'), '-t', '3', ...h264],
  'film.mov': [...picture('24000/1001'), '-t', '3', ...h264],
  'high-rate.mp4': [...picture('120'), '-t', '1', ...h264],
  'still.mp4': [...picture('1'), '-t', '5', ...h264],
  'apple.m4v': ['-i', '{}/index-at-end.mp4', ...copy],
  'rotated.mp4': ['-i', '{}/index-at-end.mp4', ...copy, '-metadata:s:v', 'rotate=90'],
  'upside-down.mov': ['-i', '{}/index-at-end.mp4', ...copy, '-metadata:s:v', 'rotate=180'],
  'wide-pixels.mp4': ['-i', '{}/index-at-end.mp4', '-vf', 'setsar=4/3', ...h264],
  'fragments.mp4': [...picture('30'), '-t', '8', ...h264, '-g', '30', ...fragmented],
  'many-fragments.mp4': [
    ...picture('30000/1001'),
    '-t',
    '60',
    ...h264,
    '-g',
    '30',
    '-b:v',
    '2M',
    ...fragmented,
  ],
  'hevc.mp4': [...picture('30'), '-t', '2', '-c:v', 'libx265', '-x265-params', 'log-level=none'],
  'av1.mp4': [...picture('30'), '-t', '1', '-c:v', 'libaom-av1', '-cpu-used', '8'],
  'mjpeg.mov': [...picture('10'), '-t', '2', '-c:v', 'mjpeg'],
  'variable.mp4': [
    ...picture('30'),
    '-t',
    '5',
    '-vf',
    "select='gt(random(0),0.4)'",
    '-vsync',
    'vfr',
    ...h264,
  ],
  'h264.mkv': ['-i', '{}/index-at-end.mp4', ...copy],
  'wide-pixels.mkv': ['-i', '{}/wide-pixels.mp4', ...copy],
  'vp8.webm': [...picture('30'), ...tone, '-t', '3', '-c:v', 'libvpx', '-c:a', 'libopus'],
  'vp9.webm': [...picture('30000/1001'), '-t', '2', '-c:v', 'libvpx-vp9', '-cpu-used', '8'],
  'av1.webm': ['-i', '{}/av1.mp4', ...copy],
};

const audio: Readonly<Record<string, readonly string[]>> = {
  'constant.mp3': ['-b:a', '128k'],
  'variable.mp3': ['-q:a', '2'],
  'no-tag.mp3': ['-b:a', '128k', '-write_xing', '0', '-id3v2_version', '0'],
  'mpeg2.mp3': ['-ar', '22050', '-b:a', '32k'],
  'stereo.mp3': ['-ac', '2', '-b:a', '192k', '-metadata', 'title=With a tag'],
  'pcm16.wav': ['-ac', '2'],
  'pcm8.wav': ['-c:a', 'pcm_u8'],
  'pcm24.wav': ['-c:a', 'pcm_s24le'],
  'float.wav': ['-c:a', 'pcm_f32le'],
  'alaw.wav': ['-c:a', 'pcm_alaw'],
  'adpcm.wav': ['-c:a', 'adpcm_ms'],
  'rf64.wav': ['-c:a', 'pcm_s24le', '-rf64', 'always'],
  'flac16.flac': [],
  'flac24.flac': ['-c:a', 'flac', '-sample_fmt', 's32', '-bits_per_raw_sample', '24', '-ar', '96000'],
  'adts.aac': ['-ac', '2', '-b:a', '128k'],
  'mono.m4a': ['-b:a', '64k'],
  'stereo.m4a': ['-ac', '2', '-b:a', '128k'],
  'vorbis.ogg': ['-c:a', 'libvorbis', '-ac', '2'],
  'opus.opus': ['-c:a', 'libopus'],
  'flac.ogg': ['-c:a', 'flac'],
  'mono.ac3': ['-c:a', 'ac3'],
  'surround.ac3': ['-ac', '6', '-c:a', 'ac3', '-ar', '48000'],
  'surround.eac3': ['-ac', '6', '-c:a', 'eac3', '-ar', '48000'],
  'opus.mka': ['-c:a', 'libopus'],
  'opus.webm': ['-c:a', 'libopus'],
};

const images: Readonly<Record<string, readonly string[]>> = {
  'baseline.jpg': [],
  'progressive.jpg': ['-interlace', 'Plane'],
  'grey.jpg': ['-colorspace', 'Gray'],
  'colour.png': [],
  'palette.png': ['-colors', '16'],
  'sixteen-bit.png': ['-depth', '16'],
  'colours.gif': [],
  'lossy.webp': ['-quality', '70'],
  'lossless.webp': ['-define', 'webp:lossless=true'],
  'alpha.webp': ['-alpha', 'set', '-channel', 'A', '-evaluate', 'set', '50%'],
  'picture.avif': [],
  'picture.heic': [],
  'three.bmp': ['-define', 'bmp:format=bmp3'],
  'two.bmp': ['-define', 'bmp:format=bmp2'],
  'little.tiff': ['-endian', 'LSB'],
  'big.tiff': ['-endian', 'MSB', '-compress', 'lzw'],
  'big.tif': ['-define', 'tiff:bigtiff=true'],
};

export interface Corpus extends AsyncDisposable {
  readonly directory: string;
}
export const corpusNames = {
  video: Object.keys(videos),
  audio: Object.keys(audio),
  image: Object.keys(images),
};

/** Makes all files; about 15 s on two cores. */
export async function makeCorpus(): Promise<Corpus> {
  const directory = await mkdtemp(join(tmpdir(), 'probe-corpus-'));
  const place = (parameter: string) => parameter.replace('{}', directory);
  for (const [name, parameters] of Object.entries(videos))
    ffmpeg(...parameters.map(place), join(directory, name));
  for (const [name, parameters] of Object.entries(audio))
    ffmpeg(...tone, '-t', '7', ...parameters, join(directory, `audio-${name}`));
  for (const [name, parameters] of Object.entries(images))
    run('convert', ['-size', '321x123', 'gradient:red-blue', ...parameters, bmpName(directory, name)]);
  return { directory, [Symbol.asyncDispose]: () => rm(directory, { recursive: true }) };
}

/** ImageMagick takes the version of a BMP from its prefix. */
function bmpName(directory: string, name: string): string {
  const path = join(directory, name);
  return name === 'two.bmp' ? `BMP2:${path}` : name.endsWith('.tif') ? `TIFF64:${path}` : path;
}
