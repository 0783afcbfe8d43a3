#!/usr/bin/env bash
# Draws, films, plays and writes the demo's media files into ../media. Not part of the build: the files
# are committed. Run it only to change them, then measure them with ./measure-media.sh.
#
# Needs (Debian 12 names): ffmpeg imagemagick libavif-bin webp espeak-ng ghostscript librsvg2-bin fonts-dejavu-core
set -euo pipefail

media=$(cd "$(dirname "$0")/../media" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$media"/{images,videos,audio,text,pdfs}
font=/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf
ffmpeg=(ffmpeg -nostdin -hide_banner -loglevel error -y)

# One frame of a brightness formula (0..255 in X, Y, W, H), coloured by one of ffmpeg's palettes.
paint() { # width height palette formula out.png
  "${ffmpeg[@]}" -f lavfi -i "nullsrc=s=$1x$2,format=gray,geq=lum='$4',format=yuv444p,pseudocolor=preset=$3" \
    -frames:v 1 -pix_fmt rgb24 "$5"
}

images() {
  "${ffmpeg[@]}" -f lavfi -i "mandelbrot=size=1600x1000:maxiter=900:start_x=-0.743643:start_y=0.131825:start_scale=0.0042:end_scale=0.0042:inner=black:outer=normalized_iteration_count,format=gray,format=yuv444p,pseudocolor=preset=magma" \
    -frames:v 1 -pix_fmt rgb24 "$work/mandelbrot.png"
  convert "$work/mandelbrot.png" -strip -quality 80 -interlace Plane "$media/images/mandelbrot.jpg"

  paint 1280 800 viridis \
    '128+40*sin(hypot(X-320,Y-280)/17)+40*sin(hypot(X-960,Y-250)/21)+40*sin(hypot(X-620,Y-700)/14)' "$work/ripples.png"
  cwebp -quiet -q 72 -metadata none "$work/ripples.png" -o "$media/images/ripples.webp"

  paint 1200 900 inferno \
    'clip(40*log(1+1100000*(1/(pow(X-330,2)+pow(Y-320,2)+900)+1/(pow(X-820,2)+pow(Y-560,2)+1600)+0.5/(pow(X-700,2)+pow(Y-190,2)+500)))-40,0,255)' "$work/embers.png"
  avifenc --min 18 --max 30 -s 5 "$work/embers.png" "$media/images/embers.avif" >/dev/null

  # A sunflower: seed n stands at the golden angle, at a distance that grows with the root of n.
  awk 'BEGIN{ print "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1024\" height=\"1024\"><rect width=\"1024\" height=\"1024\" fill=\"#10233f\"/>";
    split("#ffd166 #f8a13f #ef6f6c #7fd1ae #4ea8de",c," ");
    for(n=1;n<1100;n++){a=n*2.39996323;r=14.6*sqrt(n);printf "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\"/>",512+r*cos(a),512+r*sin(a),1.8+5.6*sqrt(n/1100),c[1+n%5]}
    print "</svg>"}' > "$work/sunflower.svg"
  rsvg-convert "$work/sunflower.svg" -o "$work/sunflower.png"
  convert "$work/sunflower.png" -strip -colors 64 -define png:exclude-chunk=time,date PNG8:"$media/images/sunflower.png"

  # Three sampled curves on axes, as a measuring instrument would plot them.
  awk 'BEGIN{ print "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1400\" height=\"800\"><rect width=\"1400\" height=\"800\" fill=\"#fbfaf5\"/>";
    for(x=100;x<=1300;x+=100)printf "<path d=\"M%d 80V720\" stroke=\"#dcd9cc\"/>",x; for(y=80;y<=720;y+=80)printf "<path d=\"M100 %dH1300\" stroke=\"#dcd9cc\"/>",y;
    split("#1d6fa5 #d1495b #3c8d53",c," ");
    for(k=1;k<=3;k++){printf "<path fill=\"none\" stroke-width=\"4\" stroke=\"%s\" d=\"",c[k];for(x=0;x<=1200;x+=4)printf "%s%d %.1f",x?"L":"M",100+x,400-250*exp(-x/(260*k))*sin(x/(22*k)+k);print "\"/>"}
    print "<path d=\"M100 80V720H1300\" fill=\"none\" stroke=\"#333\" stroke-width=\"3\"/></svg>"}' > "$work/decay.svg"
  rsvg-convert "$work/decay.svg" -o "$work/decay.png"
  convert "$work/decay.png" -font DejaVu-Sans -pointsize 26 -fill '#333333' -annotate +100+56 'Damped oscillation, three time constants' \
    -strip -colors 96 -define png:exclude-chunk=time,date PNG8:"$media/images/decay-plot.png"

  convert -size 800x1200 xc: -seed 7 -sparse-color Voronoi \
    "$(awk 'BEGIN{srand(11);split("#264653 #2a9d8f #8ab17d #e9c46a #f4a261 #e76f51",c," ");for(i=0;i<90;i++)printf "%d,%d %s ",rand()*800,rand()*1200,c[1+int(rand()*6)]}')" \
    -strip -quality 84 "$media/images/mosaic-portrait.jpg"
}

videos() {
  # Lights that circle each other; the frame number and the time are burnt in.
  "${ffmpeg[@]}" -f lavfi -i "nullsrc=s=640x360:r=30:d=7,format=gray,geq=lum='clip(2400*(1/(hypot(X-320-190*cos(T*1.8),Y-180-100*sin(T*1.8))+9)+1/(hypot(X-320-120*cos(T*2.7+2),Y-180-120*sin(T*1.35+2))+9)+1/(hypot(X-320-240*cos(4-T*0.9),Y-180-60*sin(4-T*2.2))+9)),0,255)',format=yuv444p,pseudocolor=preset=plasma,drawtext=fontfile=$font:fontsize=22:fontcolor=white:box=1:boxcolor=black@0.6:boxborderw=6:x=14:y=14:text='frame %{n}  %{pts\:hms}'" \
    -c:v libx264 -preset veryslow -crf 26 -g 30 -pix_fmt yuv420p -fflags +bitexact -flags:v +bitexact \
    -movflags +faststart "$media/videos/orbits.mp4"

  # Conway's Game of Life, in which dying cells glow for a while.
  "${ffmpeg[@]}" -f lavfi -i "life=s=160x90:rate=25:ratio=0.18:seed=20:mold=24:life_color=#c8ffd4:death_color=#1c3f5e:mold_color=#06121f,scale=640:360:flags=neighbor,drawtext=fontfile=$font:fontsize=20:fontcolor=white:box=1:boxcolor=black@0.6:boxborderw=6:x=14:y=h-38:text='generation %{n}'" \
    -t 6 -c:v libvpx-vp9 -b:v 0 -crf 44 -row-mt 1 -g 50 -pix_fmt yuv420p -fflags +bitexact -flags:v +bitexact "$media/videos/life.webm"
}

audio() {
  # A pentatonic melody: each note is a decaying sine with an overtone, the right channel a little later.
  local notes=(440 523.25 587.33 659.25 783.99 659.25 587.33 523.25 440 587.33 783.99 880 783.99 659.25 523.25 440) left='0' right='0' i t
  for i in "${!notes[@]}"; do
    t=$(awk "BEGIN{print $i*0.42}")
    left+="+gte(t,$t)*exp(-4.5*(t-$t))*(0.30*sin(2*PI*${notes[i]}*(t-$t))+0.09*sin(4*PI*${notes[i]}*(t-$t)))"
    t=$(awk "BEGIN{print $t+0.03}")
    right+="+gte(t,$t)*exp(-4.5*(t-$t))*(0.28*sin(2*PI*${notes[i]}*(t-$t))+0.07*sin(6*PI*${notes[i]}*(t-$t)))"
  done
  "${ffmpeg[@]}" -f lavfi -i "aevalsrc=exprs='$left|$right':s=44100:d=8" -c:a libmp3lame -b:a 96k -fflags +bitexact \
    "$media/audio/pentatonic-melody.mp3"

  espeak-ng -v en-gb -s 150 -w "$work/speech.wav" \
    "This file is a demo recording. Latchkey knows its length and its sample rate, but it has never held its bytes."
  "${ffmpeg[@]}" -i "$work/speech.wav" -ar 22050 -ac 1 -c:a pcm_s16le -fflags +bitexact "$media/audio/welcome-speech.wav"
}

texts() {
  cat > "$media/text/field-notes.txt" <<'TEXT'
Field notes, ridge station
==========================

Monday. Fog until ten, then clear. The counter on the north mast was off by one pulse in every
thousand; cleaned the contact and it has agreed with the spare ever since.

Tuesday. Wind from the west, 7 m/s in the gusts. Two ravens took an interest in the solar panel.
Battery at 88 % by dusk, which is better than the forecast allowed.

Wednesday. Nothing to report, which is worth reporting: 86,400 samples expected, 86,400 received.

Grüße an die Talstation. Température à midi : 11,5 °C. 次回の点検は金曜日。
TEXT
  cat > "$media/text/label-guide.md" <<'TEXT'
# Label guide: circling lights

Draw one box around each light. Keep these rules in mind:

1. A light that leaves the picture keeps its number when it comes back.
2. Where two lights overlap, draw **both** boxes.
3. The frame number in the corner is part of the picture: do not label it.

| light | path            | turns per minute |
| ----- | --------------- | ---------------: |
| A     | wide ellipse    |             17.2 |
| B     | figure of eight |             25.8 |
| C     | slow, backwards |              8.6 |

> When in doubt, step one frame back and one frame forward.
TEXT
  awk 'BEGIN{srand(5);print "station,minute,temperature_c,humidity_percent,wind_m_s";
    for(i=0;i<240;i++)printf "%s,%d,%.2f,%.1f,%.1f\n",i%2?"ridge":"valley",int(i/2),11.5+4*sin(i/38)+rand()-(i%2)*3.1,64-9*sin(i/38)+2*rand(),3+2.5*rand()}' > "$media/text/readings.csv"
}

# pdf NAME < PostScript
pdf() {
  gs -q -dNOPAUSE -dBATCH -sDEVICE=pdfwrite -dCompatibilityLevel=1.6 -o "$media/pdfs/$1" -
}

pdfs() {
  pdf handbook.pdf <<'PS'
%!PS
<< /PageSize [595 842] >> setpagedevice
[ /Title (A short handbook of looking closely) /Author (Latchkey demo) /DOCINFO pdfmark
/line { 72 y moveto show /y y 17 sub def } def
/heading { /Helvetica-Bold findfont 20 scalefont setfont line /y y 12 sub def /Times-Roman findfont 12 scalefont setfont } def
/folio { /Helvetica findfont 9 scalefont setfont 290 40 moveto show showpage /y 760 def } def
/y 760 def
(A short handbook of looking closely) heading
(Most pictures are seen for less than a second. This handbook asks for ten.) line
(In the first second, name what is there. In the next three, name what is missing.) line
(Use the rest for the edges: that is where the frame cut something off.) line
/y y 20 sub def
1 1 9 { /i exch def gsave i 10 div 0.55 0.85 sethsbcolor 297 330 translate i 40 mul rotate newpath 0 i 9 mul 130 i 6 mul sub 0 360 arc 3 setlinewidth stroke grestore } for
(1) folio
(Counting) heading
(Count twice, in two directions. If the numbers differ, neither is right yet.) line
(Write the unit beside the number: frames, seconds, pages, metres.) line
(A count without a unit is a rumour.) line
/y y 20 sub def
0 1 11 { /i exch def gsave 0.08 i 30 div add 0.6 0.9 sethsbcolor 90 i 35 mul add 250 24 i 1 add 30 mul rectfill grestore } for
(2) folio
(Describing) heading
(Describe so that someone who cannot see the picture could draw it.) line
(Begin with the largest thing, end with the smallest, and say where each one is.) line
(Left and right are those of the viewer, unless you say otherwise.) line
/y y 30 sub def
(End of the handbook.) line
(3) folio
PS
  pdf curves-landscape.pdf <<'PS'
%!PS
<< /PageSize [792 540] >> setpagedevice
[ /Title (Two families of curves) /Author (Latchkey demo) /DOCINFO pdfmark
/caption { /Helvetica-Bold findfont 18 scalefont setfont 0 setgray 48 490 moveto show } def
(Rose curves: r = cos\(k a\)) caption
1 1 5 { /k exch def gsave k 6 div 0.7 0.8 sethsbcolor 1.6 setlinewidth 396 k 3 sub 140 mul add 250 translate
  65 0 moveto 0 1 360 { /a exch def /r a k mul cos 65 mul def a cos r mul a sin r mul lineto } for stroke
  /Helvetica findfont 11 scalefont setfont 0 setgray -14 -100 moveto (k = ) show k 4 string cvs show grestore } for
showpage
(Lissajous figures: x = sin\(p t\), y = sin\(q t\)) caption
1 1 3 { /p exch def 2 1 4 { /q exch def gsave p 4 div q 12 div add 0.75 0.75 sethsbcolor 1.3 setlinewidth p 220 mul 44 sub q 120 mul 140 sub translate
  0 0 moveto 0 1 360 { /t exch def t p mul sin 84 mul t q mul sin 50 mul lineto } for stroke grestore } for } for
showpage
PS
}

images
videos
audio
texts
pdfs
du -ch "$media"/*/* | sort -h
