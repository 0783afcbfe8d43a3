#!/usr/bin/env bash
# Measures every file of ../media with ffprobe, identify, pdfinfo, pydicom, nibabel and the headers of point clouds, and
# writes ../media/media.json.
# Titles and scenes are written here; all else is read from the files.
#
# Needs (Debian 12 names): ffmpeg imagemagick poppler-utils jq, and those of ./measure-volumes.py
set -euo pipefail
cd "$(dirname "$0")/../media"

size() { stat -c %s "$1"; }

# entry KEY KIND TITLE TYPE SCENE FIELD METADATA
entry() {
  jq -n --arg key "$1" --arg kind "$2" --arg title "$3" --arg type "$4" --arg scene "$5" --arg field "$6" --argjson metadata "$7" \
    '{key: $key, kind: $kind, title: $title, contentType: $type, ($field): $metadata,
      clientMetadata: {source: "demo", licence: "CC0-1.0", scene: $scene}}'
}
image() { # KEY TITLE TYPE SCENE
  entry "$1" images "$2" "$3" "$4" imageMetadata \
    "$(identify -format '{"width":%w,"height":%h}' "$1" | jq --arg t "$3" --argjson s "$(size "$1")" '{mimeType: $t, fileSize: $s} + .')"
}
video() {
  entry "$1" videos "$2" "$3" "$4" videoMetadata \
    "$(ffprobe -v error -select_streams v:0 -show_entries stream=width,height,avg_frame_rate:format=duration -of json "$1" |
      jq --arg t "$3" --argjson s "$(size "$1")" '.streams[0] as $v | ($v.avg_frame_rate | split("/") | map(tonumber)) as $r |
        {fps: ($r[0] / $r[1]), duration: (.format.duration | tonumber), width: $v.width, height: $v.height, fileSize: $s, mimeType: $t}')"
}
sound() { # MP3 has no sample size; 16 is what it was made from and what decoders give
  entry "$1" audio "$2" "$3" "$4" audioMetadata \
    "$(ffprobe -v error -select_streams a:0 -show_entries stream=codec_name,sample_rate,channels,bits_per_sample:format=duration -of json "$1" |
      jq --arg t "$3" --argjson s "$(size "$1")" '.streams[0] as $a |
        {duration: (.format.duration | tonumber), fileSize: $s, mimeType: $t, sampleRate: ($a.sample_rate | tonumber),
         bitDepth: (if $a.bits_per_sample > 0 then $a.bits_per_sample else 16 end), codec: $a.codec_name, numChannels: $a.channels}')"
}
text() {
  entry "$1" text "$2" "$3" "$4" textMetadata "$(jq -n --arg t "$3" --argjson s "$(size "$1")" '{fileSize: $s, mimeType: $t}')"
}
pdf() {
  entry "$1" pdfs "$2" application/pdf "$3" pdfMetadata \
    "$(jq -n --argjson s "$(size "$1")" --argjson n "$(pdfinfo "$1" | awk '/^Pages:/ {print $2}')" '{fileSize: $s, numPages: $n}')"
}
# How many points the header of a PLY, PCD or LAS file promises.
points() {
  case "$1" in
    *.ply) grep -a -m1 '^element vertex' "$1" | awk '{print $3}' ;;
    *.pcd) grep -a -m1 '^POINTS' "$1" | awk '{print $2}' ;;
    *.las) od -An -tu4 -j107 -N4 "$1" | tr -d ' ' ;;
  esac
}
cloud() {
  entry "$1" scenes "$2" "$3" "$4" pointCloudMetadata \
    "$(jq -n --arg t "$3" --argjson s "$(size "$1")" --argjson n "$(points "$1")" '{fileSize: $s, mimeType: $t, numPoints: $n}')"
}
series() { # KEY TITLE SCENE SETTINGS
  entry "$1" time_series "$2" text/csv "$3" timeSeriesMetadata "$(jq -n --argjson s "$(size "$1")" '{fileSize: $s, mimeType: "text/csv"}')" |
    jq --argjson settings "$4" '. + {settings: $settings}'
}

{
  image images/mandelbrot.jpg 'Mandelbrot, Seahorse Valley' image/jpeg fractal
  image images/mosaic-portrait.jpg 'Mosaic, portrait format' image/jpeg pattern
  image images/sunflower.png 'Sunflower of golden angles' image/png pattern
  image images/decay-plot.png 'Damped oscillation, plotted' image/png plot
  image images/ripples.webp 'Ripples from three sources' image/webp simulation
  image images/embers.avif 'Three embers' image/avif simulation
  video videos/orbits.mp4 'Circling lights, frame numbers burnt in' video/mp4 motion
  video videos/life.webm 'Game of Life, 150 generations' video/webm simulation
  sound audio/pentatonic-melody.mp3 'Pentatonic melody' audio/mpeg music
  sound audio/welcome-speech.wav 'Spoken welcome' audio/wav speech
  text text/field-notes.txt 'Field notes, ridge station' text/plain notes
  text text/label-guide.md 'Label guide: circling lights' text/markdown guide
  text text/readings.csv 'Readings of two stations' text/csv table
  text text/annotations.json 'Boxes of a street crossing' application/json labels
  text text/station.xml 'Ridge station, sensors' application/xml sensors
  pdf pdfs/handbook.pdf 'A short handbook of looking closely' handbook
  pdf pdfs/curves-landscape.pdf 'Two families of curves, landscape' figures
  cloud scenes/trefoil.ply 'Trefoil knot' application/octet-stream shape
  cloud scenes/torus.pcd 'Torus with bands' application/octet-stream shape
  cloud scenes/valley.las 'Valley from the air' application/vnd.las survey
  series time_series/ride.csv 'A ride of twenty minutes' cycling '{"channels": {
    "speed_kmh": {"label": "Speed, km/h", "color": "#e8590c", "lineWidth": 2},
    "height_m": {"label": "Height, m", "color": "#2f9e44"},
    "heart_rate": {"label": "Heart rate, 1/min", "color": "#c2255c"},
    "temperature": {"label": "Temperature, °C", "style": "points", "pointRadius": 2, "hidden": true}}}'
  ../scripts/measure-volumes.py
} | jq -s . > media.json
